import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { Failure } from '../../domain/failure.ts';
import { compileGlob, globOfPath } from '../../domain/glob/glob.ts';
import { instantOf } from '../../domain/instant.ts';
import { isSignatureAlgorithm } from '../../domain/signature/signature-algorithm.ts';
import { runGit } from '../../probes/local-git/run-git.ts';
import { makeKeyPair } from '../../probes/signatures/make-key-pair.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { addToKeyFile } from './add-to-key-file.ts';
import type { KeyOptions } from './key-command.ts';
import { writePrivateKey } from './private-key-file.ts';
import { workingConfiguration } from './working-contract.ts';

const usualPath = '.plumbline/keys.jwks.json';

/** Everything is checked before the first byte is written; when the public key can not be kept, the private one goes again. */
export async function makeContractKey(terminal: Terminal, reference: string, options: KeyOptions): Promise<number> {
  if (!isReference(reference)) throw new Failure('USAGE', `Cannot make the key ${JSON.stringify(reference.slice(0, 80))}: expected local:<name> of letters, digits, dots, dashes and the like. What a key service keeps is made there; add its public JWK to the key file by hand.`);
  if (options.notAfter !== undefined && instantOf(options.notAfter) === null) throw new Failure('USAGE', `Cannot give the key the end ${JSON.stringify(options.notAfter.slice(0, 80))}: expected a day (yyyy-mm-dd) or an instant with its zone.`);
  if (!isSignatureAlgorithm(options.algorithm)) throw new Failure('USAGE', `Cannot make a key for ${JSON.stringify(options.algorithm)}: unknown algorithm. See plumbline contract key --help`);
  const root = await repositoryRoot(resolve(terminal.directory, options.repo));
  const configuration = await workingConfiguration(root, options.repo);
  const keyFile = options.keys === undefined ? join(root, configuredPath(configuration)) : resolve(terminal.directory, options.keys);
  const privateFile = resolve(terminal.directory, options.private);
  const pair = await makeKeyPair(options.algorithm);
  const jwk = { ...pair.publicJwk, kid: reference, alg: options.algorithm, use: 'sig', ...(options.notAfter === undefined ? {} : { notAfter: options.notAfter }) };
  const added = await addToKeyFile(keyFile, jwk);
  const written = await writePrivateKey(privateFile, pair.privatePem);
  await added.keep().catch(async (error: unknown) => {
    await written.discard();
    throw error;
  });
  terminal.write(`Wrote the private key to ${terminalText(options.private)} (mode 0600) and the public key ${terminalText(reference)} to ${terminalText(shownPath(root, keyFile))}.\n`);
  terminal.tell(nextSteps({ keyPath: shownPath(root, keyFile), configuration, isExposed: await isExposed(root, privateFile), shown: options.private }));
  return exitCodes.allow;
}

function isReference(reference: string): boolean {
  return /^local:[\p{L}\p{N}._@+:/-]{1,200}$/u.test(reference) && reference.normalize('NFC') === reference;
}

function configuredPath(configuration: Configuration | null): string {
  return configuration?.keys.find((glob) => globOfPath(glob) === glob && compileGlob(glob).matches(glob)) ?? usualPath;
}

function nextSteps({ keyPath, configuration, isExposed: exposed, shown }: { readonly keyPath: string; readonly configuration: Configuration | null; readonly isExposed: boolean; readonly shown: string }): string {
  const isNamed = configuration?.keys.some((glob) => compileGlob(glob).matches(keyPath)) === true;
  return [
    exposed ? `Careful: ${terminalText(shown)} stands in the working tree and git does not ignore it. Move it out, or add it to .gitignore, before you commit.\n` : '',
    isNamed ? '' : `The configuration does not name the key file yet. Add to .github/plumbline.yml: keys: [${terminalText(JSON.stringify(keyPath))}]\n`,
    'Next: commit the key file alone and merge it. A key must be merged before its first contract.\n',
  ].join('');
}

/** Whether the next `git add` would take the private key. */
async function isExposed(root: string, privateFile: string): Promise<boolean> {
  const top = await realpath(root);
  const path = relative(top, join(await realpath(dirname(privateFile)), basename(privateFile)));
  if (path === '..' || path.startsWith(`..${sep}`)) return false;
  // A folder that is no repository answers with an error: nothing is ever committed from there.
  const { status, stdout } = await runGit({ directory: top, arguments: ['ls-files', '--cached', '--others', '--exclude-standard', '--', path] });
  return status === 0 && stdout.byteLength > 0;
}

function shownPath(root: string, file: string): string {
  const path = relative(root, file).split(sep).join('/');
  return path.startsWith('../') ? file : path;
}

import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Configuration, ContractFields } from '../../domain/configuration/configuration.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { contentHash } from '../../domain/contract/contract-content.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { terminalText } from '../../render/escape.ts';
import { repositoryRoot } from '../compose/repository-root.ts';
import { findConfigurationFile, readNamedFile } from '../config/configuration-file.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** The hash alone on standard output, for scripts; a file that is no document is a no, with line and column. */
export async function printContractHash(terminal: Terminal, file: string, repository: string): Promise<number> {
  const path = resolve(terminal.directory, file);
  const { bytes } = await readNamedFile(terminal.directory, file);
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'problem') {
    const { position, message, expected } = reading.problem;
    terminal.tell(`${terminalText(`${file}:${position.line}:${position.column}  ${message} Expected ${expected}.`)}\n`);
    return exitCodes.deny;
  }
  const fields = await fieldsFor(await repositoryRoot(resolve(terminal.directory, repository)), path);
  terminal.write(`${contentHash(reading.document, fields)}\n`);
  return exitCodes.allow;
}

/** As the repository's configuration maps them for this path; as the envelope names them where it does not govern it. */
async function fieldsFor(root: string, path: string): Promise<ContractFields> {
  const folder = await realpath(dirname(path));
  const within = relative(root, join(folder, basename(path))).split(sep).join('/');
  const file = await findConfigurationFile(root);
  const configured = file === null ? null : configurationOf(file.bytes, file.path);
  const [set] = configured === null ? [] : contractSetsOf(configured, within);
  return set?.fields ?? plainFields();
}

function configurationOf(bytes: Uint8Array, path: string): Configuration {
  const reading = readConfiguration(bytes, path);
  if (reading.kind === 'valid') return merged(reading.document);
  throw new Failure('USAGE', `Cannot tell the contract's fields: ${path} is not valid, expected a valid configuration. See what is wrong: plumbline config check`);
}

function plainFields(): ContractFields {
  const [set] = merged({ version: 1, contracts: [{ name: 'any', paths: ['**'] }] }).contracts;
  if (set === undefined) throw new Failure('GATE_FAILED', 'Cannot tell the fields of a plain contract: found none, expected the defaults.');
  return set.fields;
}

function merged(document: JsonObject): Configuration {
  return mergeConfiguration({ organization: null, repository: document, defaultBranch: 'main' }).configuration;
}

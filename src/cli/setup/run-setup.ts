import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { exitCodes } from '../exit-codes.ts';
import { readManifest } from '../manifest.ts';
import type { Terminal } from '../terminal.ts';
import { convertManifestCode } from './convert-manifest-code.ts';
import type { AppCredentials } from './convert-manifest-code.ts';
import { reserveCredentialsFile } from './credentials-file.ts';
import { addressOf, githubAddresses } from './github-addresses.ts';
import type { GitHubAddresses } from './github-addresses.ts';
import { manifestToPost } from './manifest-to-post.ts';
import { openSetupServer } from './setup-server.ts';

export interface SetupOptions {
  readonly url: string | null;
  readonly organization: string | null;
  readonly name: string | null;
  readonly out: string;
  readonly port: number;
  /** How long the page waits for a person. */
  readonly timeoutMs?: number;
}

const tenMinutesMs = 600_000;

/** The file is made before GitHub is asked, so that credentials that are given only once always have a place. */
export async function runSetup(terminal: Terminal, options: SetupOptions): Promise<number> {
  const github = githubAddresses(terminal.environment);
  const publicUrl = publicUrlOf(options.url ?? terminal.environment['PUBLIC_URL'] ?? null);
  if (options.organization !== null && !/^[A-Za-z0-9-]{1,39}$/.test(options.organization)) throw new Failure('USAGE', `Cannot register for ${JSON.stringify(options.organization.slice(0, 80))}: expected the login of an organisation.`);
  const file = await reserveCredentialsFile(resolve(terminal.directory, options.out));
  try {
    const credentials = await register(terminal, { options, github, publicUrl });
    await file.keep(linesOf(credentials, github, publicUrl));
    terminal.write(`Registered ${credentials.slug}. Its credentials are in ${options.out}, readable by you only.\n\nNext:\n  1. Install the App: ${credentials.htmlUrl}/installations/new\n  2. Put the settings of ${options.out} into the server's environment, then check everything: plumbline doctor\n  3. Start it: plumbline serve\n`);
    return exitCodes.allow;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

interface Registration {
  readonly options: SetupOptions;
  readonly github: GitHubAddresses;
  readonly publicUrl: string;
}

async function register(terminal: Terminal, { options, github, publicUrl }: Registration): Promise<AppCredentials> {
  const manifest = await readManifest();
  const [token, state] = [randomBytes(32).toString('base64url'), randomBytes(32).toString('base64url')];
  const owner = options.organization === null ? '' : `organizations/${options.organization}/`;
  const server = await openSetupServer({
    port: options.port,
    token,
    state,
    action: `${github.web}/${owner}settings/apps/new?state=${state}`,
    manifestFor: (origin) => manifestToPost(manifest.document, { name: options.name, publicUrl, redirectUrl: `${origin}/callback` }),
    convert: async (code) => await convertManifestCode(github.api, code),
    timeoutMs: options.timeoutMs ?? tenMinutesMs,
  });
  const interrupt = (): void => server.abandon(new Failure('USAGE', 'Cannot go on: it was interrupted. Nothing was written.'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    terminal.write(`Open this page in a browser on this machine. It works once, for ten minutes:\n\n  ${server.origin}/?token=${token}\n\n`);
    return await server.credentials;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await server.close();
  }
}

function publicUrlOf(text: string | null): string {
  if (text !== null && text.trim() !== '') return addressOf('--url', text.trim());
  throw new Failure('USAGE', 'Cannot register the App: nothing says where GitHub will reach the server, expected --url <https address> or PUBLIC_URL.');
}

/** As `--env-file` and compose files read it: the key on one line. */
function linesOf(credentials: AppCredentials, github: GitHubAddresses, publicUrl: string): string {
  const settings = {
    APP_ID: String(credentials.id),
    PRIVATE_KEY: JSON.stringify(credentials.pem.trimEnd()),
    WEBHOOK_SECRET: credentials.webhookSecret,
    PUBLIC_URL: publicUrl,
    ...(github.isPublic ? {} : { GITHUB_API_URL: github.api }),
  };
  return `${Object.entries(settings).map(([name, value]) => `${name}=${value}`).join('\n')}\n`;
}

import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { ownSettings, shortLived } from '../builders/short-lived.ts';
import type { FileChange } from '../github/git-objects.ts';
import { runPlumbline } from '../cli/run-plumbline.ts';
import type { Json } from '../github/json.ts';
import { objectOf } from '../github/json.ts';
import { runServer } from '../github/run-server.ts';
import type { RunningServer } from '../github/run-server.ts';
import { startGitHub } from '../github/start-github.ts';
import type { GitHubServer } from '../github/start-github.ts';
import { eventually } from './eventually.ts';
import { leakedSecrets } from './leaked-secrets.ts';
import { spawnPlumbline } from './spawn-plumbline.ts';

/** Whoever opens pull requests here may do what tier 2 is about. */
export const whitelist = 'governance: {whitelist: [{action: "*", actors: ["user:dev", "user:alice", "user:stranger"], until: 2099-12-31, owner: "user:alice", reason: "not what this is about"}]}\n';

/** Governs `contracts/` on main. */
export const configuration = `version: 1\n${whitelist}contracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"], schema: "builtin:workspace-contract/v2", signatures: optional}\n`;

const webhookPath = '/api/github/webhooks';

export interface PlumblineOptions {
  /** Left out: the embedded store. */
  readonly databaseUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A check run as people see it. */
export interface SeenCheck {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly externalId: string;
}

/** What a newest, completed check is waited for to be. */
export interface WantedCheck {
  readonly is: 'success' | 'failure' | 'action_required' | 'cancelled' | 'neutral';
  /** Left out: the default branch's roll-up. */
  readonly name?: string;
  /** In its summary. */
  readonly says?: RegExp;
  /** Runs up to this id do not count. */
  readonly after?: number;
}

/** `plumbline serve` with a GitHub of its own. */
export async function startPlumbline(options: PlumblineOptions = {}): Promise<Plumbline> {
  const github = await startGitHub();
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-acceptance-'));
  const plumbline = new Plumbline(github, directory, options);
  try {
    if (options.databaseUrl === undefined) await layEmptyStore(directory);
    await plumbline.start();
    return plumbline;
  } catch (thrown) {
    await plumbline.abandon();
    throw thrown;
  }
}

export class Plumbline {
  readonly github: GitHubServer;
  readonly directory: string;
  /** What all servers so far have printed. */
  readonly lines: string[] = [];
  readonly #options: PlumblineOptions;
  #server: RunningServer | null = null;
  #port = 0;

  constructor(github: GitHubServer, directory: string, options: PlumblineOptions) {
    this.github = github;
    this.directory = directory;
    this.#options = options;
  }

  get server(): RunningServer {
    if (this.#server === null) throw new Error('the server does not run');
    return this.#server;
  }

  /** Starts again on the same store and port. */
  async start(): Promise<void> {
    const { databaseUrl, environment } = this.#options;
    const unpaced = pathToFileURL(join(import.meta.dirname, 'unpaced.ts')).href;
    this.#server = await runServer({
      github: this.github,
      dataDirectory: this.directory,
      port: this.#port,
      node: [...shortLived, '--import', unpaced],
      environment: { ...ownSettings(), WORKER_CONCURRENCY: '8', SETTLING_MS: '0', ...environment },
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    });
    this.#port = this.#server.port;
    this.listen();
  }

  /** From now on GitHub delivers to the server. */
  listen(): void {
    this.github.deliverTo(this.server.url + webhookPath);
  }

  /** One more server on the same data. */
  async another(): Promise<RunningServer> {
    return runServer({ github: this.github, dataDirectory: this.directory });
  }

  /** SIGTERM, and the exit code. */
  async stop(): Promise<number | null> {
    const server = this.server;
    const code = await server.stop();
    this.#gone(server);
    return code;
  }

  async kill(): Promise<void> {
    const server = this.server;
    await server.kill();
    this.#gone(server);
  }

  #gone(server: RunningServer): void {
    this.lines.push(...server.lines);
    this.#server = null;
  }

  /** A governed repository, unless its files say otherwise. */
  repository(name: string, files: Readonly<Record<string, FileChange>> = {}): Promise<RepositoryRef> {
    return this.github.createRepository(name, { files: { '.github/plumbline.yml': configuration, 'README.md': `${name}\n`, ...files } });
  }

  /** Commits on a branch and opens a pull request from it. */
  async pull(repository: RepositoryRef, branch: string, files: Readonly<Record<string, FileChange>>, options: { readonly as?: string; readonly fork?: string; readonly base?: string; readonly draft?: boolean } = {}): Promise<{ readonly number: number; readonly head: string }> {
    const who = options.fork === undefined ? { as: options.as ?? 'dev' } : { fork: options.fork };
    await this.github.commitFiles(repository, branch, files, `Change ${branch}`, who);
    return this.github.openPullRequest(repository, { branch, ...who, ...(options.base === undefined ? {} : { base: options.base }), ...(options.draft === undefined ? {} : { draft: options.draft }) });
  }

  /** Our App's runs on a commit, oldest first. */
  async checks(repository: RepositoryRef, sha: string): Promise<readonly SeenCheck[]> {
    const runs = await this.github.checkRuns(repository, sha);
    return runs.filter((run) => objectOf(run['app'])['id'] === this.github.appId).map(seen).toSorted((a, b) => a.id - b.id);
  }

  /** The newest roll-up of a name on a commit, once it is completed and what is wanted. Looking is dear: it waits until something was written, or a second. */
  async check(repository: RepositoryRef, sha: string, wanted: WantedCheck): Promise<SeenCheck> {
    const name = wanted.name ?? 'plumbline';
    let looked = { at: 0, writes: -1 };
    const look = async (): Promise<SeenCheck | null> => {
      const { writes } = this.github.counts();
      if (writes === looked.writes && performance.now() < looked.at + 1_000) return null;
      looked = { at: performance.now(), writes };
      const newest = (await this.checks(repository, sha)).findLast((run) => run.name === name);
      const isIt = newest !== undefined && newest.status === 'completed' && newest.conclusion === wanted.is && newest.id > (wanted.after ?? 0) && (wanted.says?.test(newest.summary) ?? true);
      return isIt ? newest : null;
    };
    return eventually(`"${name}" as ${wanted.is} ${String(wanted.says ?? '')} on ${sha} of ${repository.name}`, look, { instead: () => this.#instead(repository, sha) });
  }

  async #instead(repository: RepositoryRef, sha: string): Promise<string> {
    const runs = (await this.checks(repository, sha)).map((run) => `  ${run.id} ${run.name}: ${run.status} ${run.conclusion ?? ''} "${run.title}" ${run.summary.slice(0, 600)}`);
    const told = this.#server?.lines.filter((line) => /"level":"(?:warn|error)"|"level":[45]0/.test(line)).slice(-8) ?? [];
    return [`check runs:`, ...runs, 'server:', ...told.map((line) => `  ${line.slice(0, 600)}`)].join('\n');
  }

  /** Posts a signed delivery as GitHub does; the status and what the server said. */
  async deliver(event: string, payload: Json, guid: string = randomUUID()): Promise<{ readonly status: number; readonly text: string; readonly guid: string }> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', this.github.webhookSecret).update(body).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-github-event': event, 'x-github-delivery': guid, 'x-hub-signature-256': `sha256=${signature}` };
    const answer = await fetch(this.server.url + webhookPath, { method: 'POST', headers, body });
    return { status: answer.status, text: (await answer.text()).trim(), guid };
  }

  /** Entries of the audit log, oldest first, as `plumbline audit tail` shows them. On an embedded store the server must be stopped. */
  async auditEntries(): Promise<readonly Json[]> {
    const { code, output } = await spawnPlumbline(['audit', 'tail', '--count', '100000', '--format', 'json'], this.#storeSettings());
    assert.equal(code, 0, output);
    return output.trim().split('\n').map((line) => objectOf(JSON.parse(line)));
  }

  #storeSettings(): Record<string, string> {
    const { databaseUrl } = this.#options;
    return { DATA_DIR: this.directory, ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) };
  }

  /** Stops everything and asserts what holds after every run: GitHub's description kept, nothing leaked, a log that verifies. */
  async finish(): Promise<void> {
    try {
      if (this.#server !== null) assert.equal(await this.stop(), 0);
      assert.deepEqual(await this.github.violations(), []);
      assert.deepEqual(await this.github.deliveryViolations(), []);
      assert.deepEqual(leakedSecrets(this.lines, this.github), []);
      await this.#verifyLog();
    } finally {
      await this.abandon();
    }
  }

  async #verifyLog(): Promise<void> {
    const file = join(this.directory, 'log.ndjson');
    const settings = { environment: { PLUMBLINE_MODE: 'development', ...this.#storeSettings() } };
    const exported = await runPlumbline(this.directory, ['audit', 'export', file], settings);
    assert.equal(exported.code, 0, exported.stderr);
    for (const source of [file, 'store']) {
      const verified = await runPlumbline(this.directory, ['audit', 'verify', source, '--replay', '--format', 'json'], settings);
      const [log, decisions] = verified.stdout.trim().split('\n').map((line): Json => JSON.parse(line));
      assert.equal(log?.['outcome'], 'verified', verified.stdout + verified.stderr);
      // A test may have no decision, or one about a change with a secret.
      assert.deepEqual([decisions?.['different'], decisions?.['engineDiffers']], [[], 0]);
    }
  }

  /** Leaves nothing behind, whatever happened. */
  async abandon(): Promise<void> {
    if (this.#server !== null) await this.kill();
    await this.github.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function seen(run: Json): SeenCheck {
  const output = objectOf(run['output']);
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    id: Number(run['id']),
    name: text(run['name']),
    status: text(run['status']),
    conclusion: typeof run['conclusion'] === 'string' ? run['conclusion'] : null,
    title: text(output['title']),
    summary: text(output['summary']),
    externalId: text(run['external_id']),
  };
}

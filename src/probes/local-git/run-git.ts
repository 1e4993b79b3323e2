import { spawn } from 'node:child_process';
import { failureOf, Failure } from '../../domain/failure.ts';
import { gitArguments, gitEnvironment } from './git-invocation.ts';

export interface GitCall {
  readonly directory: string;
  readonly arguments: readonly string[];
  readonly input?: Uint8Array | string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface GitResult {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const timeoutMs = 120_000;

/** Runs git once, without a shell. An exit status is a result; only a git that can not run, or hangs, throws. */
export async function runGit(call: GitCall): Promise<GitResult> {
  const { promise, resolve, reject } = Promise.withResolvers<GitResult>();
  const child = spawn('git', [...gitArguments, ...call.arguments], {
    cwd: call.directory,
    env: gitEnvironment(process.env, call.environment),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.on('error', (error) => reject(unableToRun(error, call.directory)));
  child.on('close', (status) => {
    if (status === null) reject(new Failure('SNAPSHOT_UNREADABLE', `Cannot read the repository: git ${call.arguments[0] ?? ''} was stopped after ${timeoutMs / 1000} s, expected an answer. Try again.`));
    else resolve({ status, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
  });
  // git may end before it has read everything: its exit status says why, a broken pipe adds nothing.
  child.stdin.on('error', () => {});
  child.stdin.end(call.input ?? '');
  return await promise.finally(() => clearTimeout(timer));
}

/** As `runGit`, and any status but 0 is a failure that carries git's own words. */
export async function demandGit(call: GitCall): Promise<Buffer> {
  const result = await runGit(call);
  if (result.status !== 0) throw refusalOf(result, call.directory);
  return result.stdout;
}

/** What git said, as a failure with one next step. */
export function refusalOf(result: GitResult, directory: string): Failure {
  const words = result.stderr.trim().split('\n')[0] ?? '';
  if (/dubious ownership/.test(result.stderr)) {
    return new Failure('SNAPSHOT_UNREADABLE', `Cannot read the repository in ${JSON.stringify(directory)}: it belongs to another user, expected it to be trusted. If you trust it: git config --global --add safe.directory ${JSON.stringify(directory)}`);
  }
  if (/not a git repository/.test(result.stderr)) {
    return new Failure('USAGE', `Cannot read ${JSON.stringify(directory)}: it is not in a git repository, expected one. Name it with --repo <dir>.`);
  }
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read the repository in ${JSON.stringify(directory)}: git says ${JSON.stringify(words.slice(0, 200))}, expected an answer. Check it with: git fsck`);
}

function unableToRun(error: Error & { code?: unknown }, directory: string): Failure {
  if (error.code !== 'ENOENT') return failureOf(error, 'SNAPSHOT_UNREADABLE');
  return new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(directory)}: there is no git program in PATH, expected one. Install git 2.36 or newer.`, { cause: error });
}

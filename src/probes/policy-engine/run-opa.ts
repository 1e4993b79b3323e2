import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Opa } from './find-opa.ts';

export interface OpaLimits {
  /** Processor time, where the machine can bound it. */
  readonly workSeconds: number;
  /** By the clock. */
  readonly timeoutMs: number;
}

export type OpaRun =
  /** `code` 1: it says that what it was given is wrong. */
  | { readonly kind: 'ended'; readonly code: 0 | 1 | 2; readonly output: string; readonly complaint: string }
  | { readonly kind: 'unavailable'; readonly why: string };

/** OPA reserves some hundred megabytes before it does anything. */
const memoryKiB = 1_536 * 1024;
const outputBytes = 16 * 1024 * 1024;

/** As a child with nothing of our environment: no address to send anything to, no credential, and limits that the system holds it to. */
export async function runOpa(opa: Opa, words: readonly string[], folder: string, limits: OpaLimits): Promise<OpaRun> {
  const [program, ...given] = process.platform === 'linux' ? ['/bin/sh', '-c', `{ ulimit -v ${memoryKiB} && ulimit -t ${limits.workSeconds}; } || exit 125; exec "$0" "$@"`, opa.path, ...words] : [opa.path, ...words];
  const child = spawn(program ?? opa.path, given, { cwd: folder, env: { HOME: folder, TMPDIR: folder, GOMAXPROCS: '2' }, stdio: ['ignore', 'pipe', 'pipe'], timeout: limits.timeoutMs, killSignal: 'SIGKILL' });
  const [ended, output, complaint] = await Promise.all([endOf(child), textOf(child, child.stdout), textOf(child, child.stderr)]);
  if (output === null || complaint === null) return { kind: 'unavailable', why: `OPA wrote more than ${outputBytes} bytes` };
  if (ended.kind === 'failed') return { kind: 'unavailable', why: `OPA could not be started: ${ended.why}` };
  if (ended.signal !== null) return { kind: 'unavailable', why: `OPA took longer than ${limits.workSeconds} s` };
  if (/^(?:runtime: out of memory|fatal error:)/m.test(complaint)) return { kind: 'unavailable', why: `OPA needs more than ${memoryKiB / 1024} MiB of memory` };
  if (ended.code === 0 || ended.code === 1 || ended.code === 2) return { kind: 'ended', code: ended.code, output, complaint };
  return { kind: 'unavailable', why: `OPA ended with the code ${ended.code}` };
}

type End = { readonly kind: 'ended'; readonly code: number | null; readonly signal: string | null } | { readonly kind: 'failed'; readonly why: string };

async function endOf(child: ChildProcess): Promise<End> {
  return await new Promise<End>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'failed', why: error.message }));
    child.once('close', (code, signal) => resolve({ kind: 'ended', code, signal }));
  });
}

/** Null for more than is kept: then the child is ended. */
async function textOf(child: ChildProcess, stream: NodeJS.ReadableStream): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= outputBytes) chunks.push(bytes);
    else child.kill('SIGKILL');
  }
  return size > outputBytes ? null : Buffer.concat(chunks).toString('utf8');
}

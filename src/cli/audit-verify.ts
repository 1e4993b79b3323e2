import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { collectDecisions } from '../audit/collect-decisions.ts';
import type { DecisionReplay } from '../audit/decision-replay.ts';
import { collectGitClaims } from '../audit/git-claims.ts';
import type { GitClaims } from '../audit/git-claims.ts';
import type { GitVerification } from '../audit/git-verification.ts';
import type { LogSource } from '../audit/log-source.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { readExport } from '../audit/read-export.ts';
import { readTrustedKeys } from '../audit/trusted-key.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import { parseVerifierKey } from '../audit/verifier-key.ts';
import type { Verification } from '../audit/verification.ts';
import { verifyLog } from '../audit/verify-log.ts';
import type { VerifyOptions } from '../audit/verify-log.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from '../flows/ports/audit-log.ts';
import { readAuditLog } from '../flows/read-audit-log.ts';
import type { DecisionsToReplay } from '../flows/replay-decisions.ts';
import { verifyGit } from '../flows/verify-git.ts';
import { terminalText } from '../render/escape.ts';
import { claimsAbout } from './audit/claims-about.ts';
import type { ClonedRepository } from './audit/claims-about.ts';
import { auditVerifyBundle, isBundle } from './audit-verify-bundle.ts';
import { openShelf } from './audit/snapshot-shelf.ts';
import type { SnapshotShelf } from './audit/snapshot-shelf.ts';
import { progressOf } from './audit-output.ts';
import type { AuditOutput } from './audit-output.ts';

export type AuditVerifySource =
  | { readonly kind: 'file'; readonly path: string }
  /** An opened store; `account` null verifies every log in it. `publicKeys`: the server's own log keys, 32 bytes each. */
  | { readonly kind: 'store'; readonly audit: AuditReader; readonly account: number | null; readonly publicKeys: readonly Uint8Array[] };

export interface AuditVerifyOptions {
  readonly source: AuditVerifySource;
  /** Verifier keys as text, or files with verifier keys or a public key in PEM form. None: the log's own. */
  readonly keys: readonly string[];
  /** Files with checkpoints kept elsewhere. */
  readonly checkpoints: readonly string[];
  /** `json`: one object per line and log. */
  readonly format: 'pretty' | 'json';
  readonly output: AuditOutput;
  /** Judges the decisions again, with this engine; left out: no. */
  readonly replay?: { readonly engine: string } | null;
  /** A clone in which to look for what the logs say was released. */
  readonly clone?: ClonedRepository | null;
}

/**
 * Verifies logs and says what that proves. Answers the exit code: 0 verified, 1 tampered, 3 could not check.
 * @throws Failure USAGE (exit 64) on keys or checkpoints that can not be read; others (exit 3) when the log can not.
 */
export async function auditVerify(options: AuditVerifyOptions): Promise<number> {
  const trust = { keys: await trustedKeys(options.keys), checkpoints: await Promise.all(options.checkpoints.map(keptCheckpoint)), onProgress: progressOf(options.output) };
  if (options.source.kind === 'file' && (await isBundle(options.source.path))) return await auditVerifyBundle(options.source.path, { ...options, trust, isReplayed: (options.replay ?? null) !== null });
  const results: Result[] = [];
  const claims: GitClaims[] = [];
  const tell = async (result: Result): Promise<void> => {
    results.push(result);
    await options.output.write(options.format === 'json' ? `${JSON.stringify(result)}\n` : pretty(result));
  };
  const { replay = null } = options;
  for await (const { result, claims: found, again } of verifySource(options.source, trust, replay !== null)) {
    await tell(result);
    claims.push(...found.values());
    if (replay !== null && again !== null && result.outcome !== 'tampered') await tell(await replayed({ ...again, account: result.account, engine: replay.engine, onProgress: progressOf(options.output, 'decisions') }));
  }
  // What a log says that was tampered with is compared with nothing.
  const { clone = null } = options;
  if (clone !== null && results.length > 0 && results.every(({ outcome }) => outcome !== 'tampered')) await tell(await verifyGit(clone.git, claimsAbout(clone, claims)));
  if (results.length === 0) throw new Failure('NOT_FOUND', 'Cannot verify: the store has no log yet. It begins with what is judged first.');
  if (results.some(({ outcome }) => outcome === 'tampered')) return 1;
  return results.every(({ outcome }) => outcome === 'verified') ? 0 : 3;
}

type Result = Verification | GitVerification | DecisionReplay;

interface Verified {
  readonly result: Verification;
  readonly claims: ReadonlyMap<number, GitClaims>;
  /** What judging again needs; null where that was not asked for. */
  readonly again: Pick<DecisionsToReplay, 'decisions' | 'snapshots'> | null;
}

async function* verifySource(source: AuditVerifySource, trust: VerifyOptions, isReplayed: boolean): AsyncGenerator<Verified> {
  switch (source.kind) {
    case 'file':
      yield* verifyFile(source.path, trust, isReplayed);
      return;
    case 'store':
      for (const account of source.account === null ? await source.audit.accounts() : [source.account]) {
        const shelf = isReplayed ? { put: () => {}, take: (digests: readonly Digest[]) => source.audit.snapshots(account, digests) } : null;
        yield await verified(await readAuditLog(source.audit, account, source.publicKeys), trust, shelf);
      }
  }
}

async function verified(log: LogSource, trust: VerifyOptions, shelf: Pick<SnapshotShelf, 'put' | 'take'> | null): Promise<Verified> {
  const { source, claims } = collectGitClaims(log);
  if (shelf === null) return { result: await verifyLog(source, trust), claims, again: null };
  const collected = collectDecisions(source, shelf.put);
  return { result: await verifyLog(collected.source, trust), claims, again: { decisions: collected.decisions, snapshots: shelf.take } };
}

/** Whoever only verifies waits for no gate to be loaded. */
async function replayed(wanted: DecisionsToReplay): Promise<DecisionReplay> {
  const { replayDecisions } = await import('../flows/replay-decisions.ts');
  return await replayDecisions(wanted);
}

async function* verifyFile(path: string, trust: VerifyOptions, isReplayed: boolean): AsyncGenerator<Verified> {
  const shelf = isReplayed ? openShelf() : null;
  try {
    yield await verifyExported(path, trust, shelf);
  } finally {
    shelf?.close();
  }
}

async function verifyExported(path: string, trust: VerifyOptions, shelf: SnapshotShelf | null): Promise<Verified> {
  try {
    const reading = await readExport(createReadStream(path, { highWaterMark: chunkBytes }));
    if (reading.kind === 'export') return await verified(reading.source, trust, shelf);
    throw new Failure('NOT_FOUND', `Cannot verify ${path}: ${reading.why}. ${giveExport}`);
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : new Failure('NOT_FOUND', `Cannot read ${path}: ${troubleOf(thrown)}. ${giveExport}`, { cause: thrown });
  }
}

async function trustedKeys(given: readonly string[]): Promise<readonly TrustedKey[]> {
  const keys = await Promise.all(given.map(async (one) => readTrustedKeys(parseVerifierKey(one) === null ? await fileText(one) : one)));
  return keys.flat();
}

async function keptCheckpoint(path: string): Promise<string> {
  const text = await fileText(path);
  const reading = readCheckpoint(text);
  if (reading.kind === 'problem') throw new Failure('USAGE', `Cannot use ${path} as a checkpoint: ${reading.why}.`);
  return text;
}

async function fileText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (thrown) {
    throw new Failure('USAGE', `Cannot read ${path}: ${troubleOf(thrown)}.`, { cause: thrown });
  }
}

function troubleOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  switch ('code' in thrown ? thrown.code : null) {
    case 'ENOENT':
      return 'found no such file';
    case 'EISDIR':
      return 'found a directory, expected a file';
    default:
      return thrown.message;
  }
}

function pretty(result: Result): string {
  const { outcome, firstWrong, notes } = result;
  const lines = firstWrong === null ? notes : [firstWrong.message, ...notes];
  return `${outcome}  ${terminalText(subjectOf(result))}\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}

function subjectOf(result: Result): string {
  if ('repository' in result) return `what git holds of ${result.repository}`;
  return 'replayed' in result ? `the decisions of account ${result.account}` : `the log of account ${result.account}`;
}

const giveExport = 'Give a file that plumbline audit export or audit bundle wrote, or the word store.';
const chunkBytes = 1024 * 1024;

import { readFile } from 'node:fs/promises';
import { accountOfOrigin } from '../audit/account-of-origin.ts';
import { collectDecisions } from '../audit/collect-decisions.ts';
import type { DecisionReplay } from '../audit/decision-replay.ts';
import { collectGitClaims } from '../audit/git-claims.ts';
import type { GitClaims } from '../audit/git-claims.ts';
import type { LogSource } from '../audit/log-source.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { readProof } from '../audit/proof-format.ts';
import { splitCheckpoints } from '../audit/split-checkpoints.ts';
import { verifyProof } from '../audit/verify-proof.ts';
import type { ProofVerification } from '../audit/verify-proof.ts';
import { readTrustedKeys } from '../audit/trusted-key.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import { parseVerifierKey } from '../audit/verifier-key.ts';
import { parseWitnessKey } from '../audit/cosignature.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import { decisionsOfBundle } from './audit/decisions-of-bundle.ts';
import type { Verification } from '../audit/verification.ts';
import { verifyLog } from '../audit/verify-log.ts';
import type { VerifyOptions } from '../audit/verify-log.ts';
import { withoutCut } from '../audit/without-cut.ts';
import { readWitnessKeys, witnessesOf } from '../audit/witnesses.ts';
import type { Witnesses } from '../audit/witnesses.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { sealedAsKnown } from '../flows/known-sealed.ts';
import type { LogStatus } from '../flows/log-status.ts';
import type { AuditReader } from '../flows/ports/audit-log.ts';
import { readAuditLog } from '../flows/read-audit-log.ts';
import type { DecisionsToReplay } from '../flows/replay-decisions.ts';
import { verifyGit } from '../flows/verify-git.ts';
import { claimsAbout } from './audit/claims-about.ts';
import type { ClonedRepository } from './audit/claims-about.ts';
import { openToVerify } from './audit/open-to-verify.ts';
import type { ToVerify } from './audit/open-to-verify.ts';
import { resultText } from './audit/result-text.ts';
import type { AuditResult } from './audit/result-text.ts';
import { openShelf } from './audit/snapshot-shelf.ts';
import type { SnapshotShelf } from './audit/snapshot-shelf.ts';
import { progressOf } from './audit-output.ts';
import type { AuditOutput } from './audit-output.ts';
import { whyUnreadable } from './why-unreadable.ts';

export type AuditVerifySource =
  | { readonly kind: 'file'; readonly path: string }
  /**
   * An opened store; `account` null verifies every log in it. `publicKeys`: the server's own log keys, 32 bytes each. `statuses`: what the
   * server remembers of the logs, those that are gone included, read before them.
   */
  | { readonly kind: 'store'; readonly audit: AuditReader; readonly account: number | null; readonly publicKeys: readonly Uint8Array[]; readonly statuses: readonly LogStatus[] };

type StoreToVerify = Extract<AuditVerifySource, { kind: 'store' }>;

export interface AuditVerifyOptions {
  readonly source: AuditVerifySource;
  /** Verifier keys as text, or files with verifier keys or a public key in PEM form. None: the log's own. */
  readonly keys: readonly string[];
  /** Files with checkpoints kept elsewhere, one or many in each. */
  readonly checkpoints: readonly string[];
  /** Verifier keys of witnesses as text, or files with them, and of how many a cosignature is needed; null: of all. Left out: nobody's. */
  readonly witnesses?: { readonly keys: readonly string[]; readonly needed: number | null } | null;
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
  const { witnesses: asked = null } = options;
  const witnesses = asked === null ? {} : { witnesses: await namedWitnesses(asked) };
  const trust = { keys: await trustedKeys(options.keys), checkpoints: (await Promise.all(options.checkpoints.map(keptCheckpoints))).flat(), ...witnesses, onProgress: progressOf(options.output) };
  const results: AuditResult[] = [];
  const claims: GitClaims[] = [];
  const tell = async (result: AuditResult): Promise<void> => {
    results.push(result);
    await options.output.write(options.format === 'json' ? `${JSON.stringify(result)}\n` : resultText(result));
  };
  const { replay = null, clone = null } = options;
  for await (const { result, claims: found, again } of verifySource(options.source, { trust, isReplayed: replay !== null, isCompared: clone !== null })) {
    await tell(result);
    claims.push(...found.values());
    if (replay !== null && again !== null && result.outcome !== 'tampered') await tell(await replayed({ ...again, engine: replay.engine, onProgress: progressOf(options.output, 'decisions') }));
  }
  // What a log says that was tampered with is compared with nothing.
  if (clone !== null && results.length > 0 && results.every(({ outcome }) => outcome !== 'tampered')) await tell(await verifyGit(clone.git, claimsAbout(clone, claims)));
  if (results.length === 0) throw new Failure('NOT_FOUND', 'Cannot verify: the store has no log yet. It begins with what is judged first.');
  if (results.some(({ outcome }) => outcome === 'tampered')) return 1;
  return results.every(({ outcome }) => outcome === 'verified') ? 0 : 3;
}

interface Asked {
  readonly trust: VerifyOptions;
  readonly isReplayed: boolean;
  readonly isCompared: boolean;
}

interface Verified<Result extends AuditResult = AuditResult> {
  readonly result: Result;
  readonly claims: ReadonlyMap<number, GitClaims>;
  /** What judging again needs; null where that was not asked for. */
  readonly again: Omit<DecisionsToReplay, 'engine' | 'onProgress'> | null;
}

async function* verifySource(source: AuditVerifySource, asked: Asked): AsyncGenerator<Verified> {
  switch (source.kind) {
    case 'file':
      yield* verifyFile(source.path, asked);
      return;
    case 'store':
      for (const account of source.account === null ? await accountsOf(source, asked.trust) : [source.account]) {
        const shelf = asked.isReplayed ? { put: () => {}, take: (digests: readonly Digest[]) => source.audit.snapshots(account, digests) } : null;
        const trust = { ...asked.trust, checkpoints: asked.trust.checkpoints.filter((note) => isAbout(note, account)) };
        const { result, ...found } = await verified(await readAuditLog(source.audit, account, source.publicKeys), trust, shelf);
        yield { ...found, result: asRemembered(result, source.statuses.find((status) => status.account === account), trust) };
      }
  }
}

/** Nothing of what the server remembers proves a log, but one that has less than that was cut back. With keys of somebody else nothing may have verified. */
function asRemembered(result: Verification, status: LogStatus | undefined, { keys }: VerifyOptions): Verification {
  if (status === undefined) return result;
  const told = status.blocked === null ? result : { ...result, notes: [...result.notes, `Appending is blocked: ${status.blocked}`] };
  return keys.length > 0 && result.sealed === 0 ? told : withoutCut(told, sealedAsKnown(status));
}

/** Those of the store, those that it remembers, and those of which a checkpoint was kept: a log that is gone as a whole is missing, not fine. */
async function accountsOf({ audit, statuses }: Pick<StoreToVerify, 'audit' | 'statuses'>, { checkpoints }: VerifyOptions): Promise<readonly number[]> {
  const accounts = new Set([...(await audit.accounts()), ...statuses.map(({ account }) => account), ...checkpoints.flatMap((note) => accountIn(note) ?? [])]);
  return [...accounts].toSorted((a, b) => a - b);
}

/** One that names no account is compared with every log, and fits none. */
function isAbout(note: string, account: number): boolean {
  const named = accountIn(note);
  return named === null || named === account;
}

function accountIn(note: string): number | null {
  const reading = readCheckpoint(note);
  return reading.kind === 'problem' ? null : accountOfOrigin(reading.checkpoint.origin);
}

async function verified(log: LogSource, trust: VerifyOptions, shelf: Pick<SnapshotShelf, 'put' | 'take'> | null): Promise<Verified<Verification>> {
  const { source, claims } = collectGitClaims(log);
  if (shelf === null) return { result: await verifyLog(source, trust), claims, again: null };
  const collected = collectDecisions(source, shelf.put);
  return { result: await verifyLog(collected.source, trust), claims, again: { account: log.header.account, decisions: collected.decisions, snapshots: shelf.take } };
}

/** Whoever only verifies waits for no gate to be loaded. */
async function replayed(wanted: DecisionsToReplay): Promise<DecisionReplay> {
  const { replayDecisions } = await import('../flows/replay-decisions.ts');
  return await replayDecisions(wanted);
}

async function* verifyFile(path: string, asked: Asked): AsyncGenerator<Verified> {
  const shelf = asked.isReplayed ? openShelf() : null;
  try {
    yield await verifyExported(path, asked, shelf);
  } finally {
    shelf?.close();
  }
}

async function verifyExported(path: string, asked: Asked, shelf: SnapshotShelf | null): Promise<Verified> {
  try {
    const opened = await openToVerify(path);
    refusePart(opened, asked);
    if (opened.kind === 'log') return await verified(opened.log, asked.trust, shelf);
    if (opened.kind === 'proof') return { result: verifiedProof(path, opened.text, asked.trust), claims: new Map(), again: null };
    return { result: verifyBundle(opened.bytes, { ...asked.trust, id: opened.id }), claims: new Map(), again: asked.isReplayed ? decisionsOfBundle(opened.bytes) : null };
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : new Failure('NOT_FOUND', `Cannot read ${path}: ${whyUnreadable(thrown)}. ${giveExport}`, { cause: thrown });
  }
}

/** What is no whole log can not be compared with a clone, and what holds nothing of what was judged can not be judged again. */
function refusePart(opened: ToVerify, { isCompared, isReplayed }: Asked): void {
  if (isCompared && opened.kind !== 'log') throw new Failure('USAGE', `Cannot compare a clone with a ${opened.kind}: it has only some entries of the log. Give --repo with an export of the whole log.`);
  const why = isReplayed ? whyNotJudged(opened) : null;
  if (why !== null) throw new Failure('USAGE', `Cannot judge the decisions of ${why}. Give --replay a file that plumbline audit export wrote in NDJSON, one of plumbline audit bundle, or the word store.`);
}

function whyNotJudged(opened: ToVerify): string | null {
  switch (opened.kind) {
    case 'bundle':
      return null;
    case 'proof':
      return 'a proof again: found a proof, which holds one entry or none, expected a log or a bundle';
    case 'log':
      return opened.log.leavesAlone === true ? 'tiles again: found tiles, which hold nothing of what was judged, expected a log with its snapshots' : null;
  }
}

async function trustedKeys(given: readonly string[]): Promise<readonly TrustedKey[]> {
  const keys = await Promise.all(given.map(async (one) => readTrustedKeys(parseVerifierKey(one) === null ? await fileText(one) : one)));
  return keys.flat();
}

async function namedWitnesses({ keys, needed }: NonNullable<AuditVerifyOptions['witnesses']>): Promise<Witnesses> {
  const read = await Promise.all(keys.map(async (one) => readWitnessKeys(parseWitnessKey(one) === null ? await fileText(one) : one)));
  return witnessesOf(read.flat(), needed);
}

function verifiedProof(path: string, text: string, trust: VerifyOptions): ProofVerification {
  const reading = readProof(text);
  if (reading.kind === 'problem') throw new Failure('NOT_FOUND', `Cannot verify ${path}: ${reading.why}. Give such a file as it was written.`);
  return verifyProof(reading.proof, trust);
}

async function keptCheckpoints(path: string): Promise<readonly string[]> {
  const notes = splitCheckpoints(await fileText(path));
  if (notes.length === 0) throw new Failure('USAGE', `Cannot use ${path} as a checkpoint: it holds none.`);
  for (const note of notes) {
    const reading = readCheckpoint(note);
    if (reading.kind === 'problem') throw new Failure('USAGE', `Cannot use ${path} as a checkpoint: ${reading.why}.`);
  }
  return notes;
}

async function fileText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (thrown) {
    throw new Failure('USAGE', `Cannot read ${path}: ${whyUnreadable(thrown)}.`, { cause: thrown });
  }
}

const giveExport = 'Give a file that plumbline audit export, audit prove or audit bundle wrote, or the word store.';

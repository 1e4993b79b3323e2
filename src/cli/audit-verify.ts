import { open, readFile, stat } from 'node:fs/promises';
import { collectGitClaims } from '../audit/git-claims.ts';
import type { GitClaims } from '../audit/git-claims.ts';
import type { GitVerification } from '../audit/git-verification.ts';
import type { LogSource } from '../audit/log-source.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { beginsProof, readProof } from '../audit/proof-format.ts';
import { splitCheckpoints } from '../audit/split-checkpoints.ts';
import { verifyProof } from '../audit/verify-proof.ts';
import type { ProofVerification } from '../audit/verify-proof.ts';
import { quote } from '../audit/quote.ts';
import { readTrustedKeys } from '../audit/trusted-key.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import { parseVerifierKey } from '../audit/verifier-key.ts';
import type { Verification } from '../audit/verification.ts';
import { verifyLog } from '../audit/verify-log.ts';
import type { VerifyOptions } from '../audit/verify-log.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from '../flows/ports/audit-log.ts';
import { readAuditLog } from '../flows/read-audit-log.ts';
import { verifyGit } from '../flows/verify-git.ts';
import { terminalText } from '../render/escape.ts';
import { fileTrouble } from './audit/file-trouble.ts';
import { claimsAbout } from './audit/claims-about.ts';
import { openExport } from './audit/open-export.ts';
import type { ClonedRepository } from './audit/claims-about.ts';
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
  /** Files with checkpoints kept elsewhere, one or many in each. */
  readonly checkpoints: readonly string[];
  /** `json`: one object per line and log. */
  readonly format: 'pretty' | 'json';
  readonly output: AuditOutput;
  /** A clone in which to look for what the logs say was released. */
  readonly clone?: ClonedRepository | null;
}

/**
 * Verifies logs and says what that proves. Answers the exit code: 0 verified, 1 tampered, 3 could not check.
 * @throws Failure USAGE (exit 64) on keys or checkpoints that can not be read; others (exit 3) when the log can not.
 */
export async function auditVerify(options: AuditVerifyOptions): Promise<number> {
  const trust = { keys: await trustedKeys(options.keys), checkpoints: (await Promise.all(options.checkpoints.map(keptCheckpoints))).flat(), onProgress: progressOf(options.output) };
  const results: AnyVerification[] = [];
  const claims: GitClaims[] = [];
  const tell = async (result: AnyVerification): Promise<void> => {
    results.push(result);
    await options.output.write(options.format === 'json' ? `${JSON.stringify(result)}\n` : pretty(result));
  };
  for await (const { result, claims: found } of verifySource(options.source, trust)) {
    await tell(result);
    claims.push(...found.values());
  }
  // What a log says that was tampered with is compared with nothing.
  const { clone = null } = options;
  if (clone !== null && results.length > 0 && results.every(({ outcome }) => outcome !== 'tampered')) await tell(await verifyGit(clone.git, claimsAbout(clone, claims)));
  if (results.length === 0) throw new Failure('NOT_FOUND', 'Cannot verify: the store has no log yet. It begins with what is judged first.');
  if (results.some(({ outcome }) => outcome === 'tampered')) return 1;
  return results.every(({ outcome }) => outcome === 'verified') ? 0 : 3;
}

type AnyVerification = Verification | GitVerification | ProofVerification;

interface Verified {
  readonly result: Verification | ProofVerification;
  readonly claims: ReadonlyMap<number, GitClaims>;
}

async function* verifySource(source: AuditVerifySource, trust: VerifyOptions): AsyncGenerator<Verified> {
  switch (source.kind) {
    case 'file':
      yield await verifyFile(source.path, trust);
      return;
    case 'store':
      for (const account of source.account === null ? await source.audit.accounts() : [source.account]) {
        yield await verified(await readAuditLog(source.audit, account, source.publicKeys), trust);
      }
  }
}

async function verified(log: LogSource, trust: VerifyOptions): Promise<Verified> {
  const { source, claims } = collectGitClaims(log);
  return { result: await verifyLog(source, trust), claims };
}

async function verifyFile(path: string, trust: VerifyOptions): Promise<Verified> {
  try {
    const proof = await proofText(path);
    return proof === null ? await verified(await openExport(path), trust) : { result: verifiedProof(path, proof, trust), claims: new Map() };
  } catch (thrown) {
    throw thrown instanceof Failure ? thrown : new Failure('NOT_FOUND', `Cannot read ${path}: ${fileTrouble(thrown)}. ${giveExport}`, { cause: thrown });
  }
}

async function trustedKeys(given: readonly string[]): Promise<readonly TrustedKey[]> {
  const keys = await Promise.all(given.map(async (one) => readTrustedKeys(parseVerifierKey(one) === null ? await fileText(one) : one)));
  return keys.flat();
}

/** The text of a proof; null where the file is something else. */
async function proofText(path: string): Promise<string | null> {
  if (!(await stat(path)).isFile()) return null;
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestProof + 1) });
    const text = buffer.toString('utf8', 0, bytesRead);
    if (!beginsProof(text.slice(0, 100))) return null;
    if (bytesRead > longestProof) throw new Failure('NOT_FOUND', `Cannot verify ${path}: it has more than ${longestProof} bytes, expected a proof.`);
    return text;
  } finally {
    await file.close();
  }
}

function verifiedProof(path: string, text: string, trust: VerifyOptions): ProofVerification {
  const reading = readProof(text);
  if (reading.kind === 'problem') throw new Failure('NOT_FOUND', `Cannot verify ${path}: ${reading.why}.`);
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
    throw new Failure('USAGE', `Cannot read ${path}: ${fileTrouble(thrown)}.`, { cause: thrown });
  }
}

function pretty(result: AnyVerification): string {
  const { outcome, firstWrong, notes } = result;
  const lines = firstWrong === null ? notes : [firstWrong.message, ...notes];
  return `${outcome}  ${terminalText(subjectOf(result))}\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}

function subjectOf(result: AnyVerification): string {
  if ('account' in result) return `the log of account ${result.account}`;
  return 'proof' in result ? `the ${result.proof} proof of ${quote(result.origin)}` : `what git holds of ${result.repository}`;
}

const giveExport = 'Give a file that plumbline audit export wrote, or the word store.';
/** A leaf of 64 KiB in base64, a path of 128 hashes and a checkpoint are far below. */
const longestProof = 1024 * 1024;

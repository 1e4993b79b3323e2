import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { BundleVerification } from '../audit/bundle-verification.ts';
import type { Trust } from '../audit/checkpoint-mark.ts';
import { mostBundleBytes } from '../audit/read-bundle.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { terminalText } from '../render/escape.ts';
import type { ClonedRepository } from './audit/claims-about.ts';
import type { AuditOutput } from './audit-output.ts';

export interface AuditVerifyBundleOptions {
  readonly trust: Trust;
  readonly format: 'pretty' | 'json';
  readonly output: AuditOutput;
  readonly clone?: ClonedRepository | null;
  /** Whether decisions are to be judged again. */
  readonly isReplayed: boolean;
}

/** Whether a file is compressed, as bundles are and exports are not. False when it can not be read. */
export async function isBundle(path: string): Promise<boolean> {
  const file = await open(path).catch(() => null);
  try {
    const { bytesRead, buffer: start } = (await file?.read(Buffer.alloc(2), 0, 2, 0)) ?? { bytesRead: 0, buffer: null };
    return bytesRead === 2 && start?.readUInt16BE() === gzipMagic;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

/** Verifies a bundle and says what that proves. Answers the exit code: 0 verified, 1 tampered, 3 could not check. @throws Failure USAGE */
export async function auditVerifyBundle(path: string, { trust, format, output, clone, isReplayed }: AuditVerifyBundleOptions): Promise<number> {
  if (clone !== undefined && clone !== null) throw new Failure('USAGE', 'Cannot compare a clone with a bundle: it has only some entries of the log. Give --repo with an export of the whole log.');
  if (isReplayed) throw new Failure('USAGE', 'Cannot judge the decisions of a bundle again. Give --replay with an export of the whole log.');
  const { keys, checkpoints } = trust;
  // One byte more than may be tells that there are too many.
  const result = verifyBundle(await buffer(createReadStream(path, { end: mostBundleBytes })), { keys, checkpoints, id: idIn(path) });
  await output.write(format === 'json' ? `${JSON.stringify(result)}\n` : pretty(result));
  switch (result.outcome) {
    case 'verified':
      return 0;
    case 'tampered':
      return 1;
    case 'unchecked':
      return 3;
  }
}

/** A file that is named as bundles are must be the one that it is named after. */
function idIn(path: string): Digest | null {
  const digest = `sha256:${/^([0-9a-f]{64})\.json\.gz$/.exec(basename(path))?.[1] ?? ''}`;
  return isDigest(digest) ? digest : null;
}

function pretty({ outcome, account, checks, notes }: BundleVerification): string {
  const lines = [...checks.map((check) => `${check.outcome}  ${check.name}: ${check.message}`), ...notes];
  return `${outcome}  the bundle${account === null ? '' : ` of account ${account}`}\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}

const gzipMagic = 0x1f8b;

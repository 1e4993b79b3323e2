import { readExport } from '../../src/audit/read-export.ts';
import { verifyLog } from '../../src/audit/verify-log.ts';
import type { VerifyOptions } from '../../src/audit/verify-log.ts';
import type { Verification } from '../../src/audit/verification.ts';

export type ExportResult = Verification | { readonly outcome: 'unchecked'; readonly why: string };

/** Verifies an export that is handed over in chunks of a size. */
export async function verifyExport(exported: string | Uint8Array, options: Partial<VerifyOptions> = {}, chunk = 1_000): Promise<ExportResult> {
  const reading = await readExport(chunksOf(Buffer.from(exported), chunk));
  if (reading.kind === 'problem') return { outcome: 'unchecked', why: reading.why };
  return verifyLog(reading.source, { keys: [], checkpoints: [], ...options });
}

/** The outcome and what was wrong first. */
export async function verdictOn(exported: string | Uint8Array, options: Partial<VerifyOptions> = {}): Promise<string> {
  const result = await verifyExport(exported, options);
  if (!('firstWrong' in result) || result.firstWrong === null) return result.outcome;
  return `${result.outcome} ${result.firstWrong.reason} ${String(result.firstWrong.sequence)}`;
}

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

import type { LogSource } from '../audit/log-source.ts';
import { formatProof } from '../audit/proof-format.ts';
import { prove } from '../audit/prove.ts';
import type { ToProve } from '../audit/prove.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditOutput } from './audit-output.ts';

export interface AuditProveOptions {
  readonly log: LogSource;
  /** An entry by id or sequence; null with `from`. */
  readonly entry: string | null;
  /** An earlier size; null with `entry`. */
  readonly from: number | null;
  readonly format: 'json' | 'c2sp';
  readonly output: AuditOutput;
}

/** Writes a proof against the newest checkpoint. Answers the exit code 0; what can not be proven is thrown. */
export async function auditProve({ log, entry, from, format, output }: AuditProveOptions): Promise<number> {
  await output.write(formatProof(await prove(log, wantedOf(entry, from)), format));
  return 0;
}

function wantedOf(entry: string | null, from: number | null): ToProve {
  if (entry === null && from !== null) return { from };
  if (entry === null || from !== null) throw new Failure('USAGE', 'Cannot tell what to prove: give an entry, or an earlier size with --from, and not both.');
  if (/^\d{1,15}$/.test(entry)) return { entry: Number(entry) };
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entry)) return { entry };
  throw new Failure('USAGE', `Cannot prove ${JSON.stringify(entry.slice(0, 80))}: expected the sequence of an entry, or its id as plumbline audit tail --format json shows it.`);
}

import { formatHeader, formatItem } from '../audit/export-format.ts';
import type { LogItem } from '../audit/log-source.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from './ports/audit-log.ts';
import { readAuditLog } from './read-audit-log.ts';

/**
 * Writes an account's log as newline-delimited JSON: a header, then one line per entry, before it those snapshots to which it is the first to refer. Streams: memory does not grow
 * with the log. `publicKeys` (raw) are named in the header, for readers who have no key of their own.
 * @throws Failure AUDIT_TAMPERED when the store lost entries; what was written until then is not a complete export and does not verify.
 */
export async function* exportAudit(audit: AuditReader, account: number, publicKeys: readonly Uint8Array[]): AsyncGenerator<string> {
  const { header, batches } = await readAuditLog(audit, account, publicKeys);
  yield formatHeader(header);
  let written = 0;
  for await (const batch of batches) {
    yield batch.map((item) => lineOf(item, account)).join('');
    written += batch.filter((item) => item.kind === 'entry').length;
  }
  if (written === header.size) return;
  throw new Failure('AUDIT_TAMPERED', `Cannot export the log of account ${account}: found ${written} entries, expected ${header.size}. Verify the store with plumbline audit verify.`);
}

/** The hash that was recorded at append goes along, so that a leaf changed in the store is named exactly. */
function lineOf(item: LogItem, account: number): string {
  if (item.kind === 'snapshot') return formatItem(item);
  if (item.kind === 'entry') return formatItem({ ...item, leafHash: item.leafHash ?? leafHash(item.leaf) });
  const why = item.kind === 'wrong' ? item.wrong.message : item.why;
  throw new Failure('AUDIT_TAMPERED', `Cannot export the log of account ${account}: ${why}. Verify the store with plumbline audit verify.`);
}

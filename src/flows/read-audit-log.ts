import { readCheckpoint } from '../audit/checkpoint.ts';
import type { EntryItem, LogHeader, LogSource, UnreadableItem } from '../audit/log-source.ts';
import { keysOfLog, trustedLogKeys } from '../audit/trusted-key.ts';
import { formatVerifierKey } from '../audit/verifier-key.ts';
import { withSnapshots } from './with-snapshots.ts';
import type { AuditReader, StoredCheckpoint, StoredEntry } from './ports/audit-log.ts';

/** The log of an account as it stands now, to verify or to export. `publicKeys`: raw keys that it is said to be signed with. */
export async function readAuditLog(audit: AuditReader, account: number, publicKeys: readonly Uint8Array[]): Promise<LogSource> {
  const { header, batches } = await readLeaves(audit, account, publicKeys);
  return { header, batches: withSnapshots(audit, account, batches) };
}

/** The same without snapshots, for what needs the leaves alone. */
export async function readLeaves(audit: AuditReader, account: number, publicKeys: readonly Uint8Array[]): Promise<{ readonly header: LogHeader; readonly batches: AsyncIterable<readonly (EntryItem | UnreadableItem)[]> }> {
  // Checkpoints first: what is appended meanwhile can only make the log longer than they say.
  const checkpoints = (await audit.checkpoints(account)).toSorted((a, b) => a.size - b.size);
  const size = await audit.size(account);
  const header = { account, size, checkpoints: checkpoints.map(({ note }) => note), keys: keyTexts(checkpoints.at(-1), publicKeys) };
  return { header, batches: readEntries(audit, account, { from: 0, to: size }) };
}

/** Keys are named as the log, which only its checkpoints tell. */
function keyTexts(newest: StoredCheckpoint | undefined, publicKeys: readonly Uint8Array[]): readonly string[] {
  const reading = readCheckpoint(newest?.note ?? '');
  if (reading.kind === 'problem') return [];
  return keysOfLog(reading.checkpoint.origin, trustedLogKeys(publicKeys)).map(formatVerifierKey);
}

/** Entries of a range in order. Ends early when the store has no more: whoever reads must count. */
export async function* readEntries(audit: AuditReader, account: number, range: { readonly from: number; readonly to: number }): AsyncGenerator<readonly (EntryItem | UnreadableItem)[]> {
  for (let from = range.from; from < range.to; ) {
    const page = await audit.entries(account, from, Math.min(pageSize, range.to - from));
    if (page.length === 0) return;
    yield page.map(itemOf);
    from += page.length;
  }
}

export function itemOf({ sequence, leaf, leafHash, openings }: StoredEntry): EntryItem | UnreadableItem {
  const text = textOf(leaf);
  if (text === null) return { kind: 'unreadable', why: 'its leaf is not valid UTF-8' };
  return { kind: 'entry', sequence, leaf: text, leafHash: leafHash ?? null, openings };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const pageSize = 1_000;

import { opens } from '../audit/entry.ts';
import type { Commitment, Opening } from '../audit/entry.ts';
import { quote } from '../audit/quote.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { AuditReader, StoredEntry } from '../flows/ports/audit-log.ts';
import { itemOf } from '../flows/read-audit-log.ts';
import { pickAccount } from './audit-account.ts';
import type { AuditOutput } from './audit-output.ts';

export interface AuditTailOptions {
  readonly audit: AuditReader;
  /** Null: the only one in the store. */
  readonly account: number | null;
  /** How many of the newest entries to show first. */
  readonly count: number;
  /** Goes on with what is appended: resolves when to look again, with false to end. Null: ends at once. */
  readonly follow: (() => Promise<boolean>) | null;
  /** `json`: the leaf of each entry and what its commitments open to, one object per line. */
  readonly format: 'pretty' | 'json';
  readonly output: AuditOutput;
}

/** Shows the newest entries of a log. It verifies nothing but that what is shown is what the entry commits to. */
export async function auditTail(options: AuditTailOptions): Promise<number> {
  const account = await pickAccount(options.audit, options.account);
  let next = Math.max(0, (await options.audit.size(account)) - options.count);
  do {
    for (let page = await options.audit.entries(account, next, pageSize); page.length > 0; page = await options.audit.entries(account, next, pageSize)) {
      await options.output.write(page.map((stored) => lineOf(stored, options.format)).join(''));
      next += page.length;
    }
  } while (options.follow !== null && (await options.follow()));
  return 0;
}

function lineOf(stored: StoredEntry, format: AuditTailOptions['format']): string {
  const item = itemOf(stored);
  const reading = item.kind === 'entry' ? readEntry(item.leaf) : null;
  if (reading?.kind !== 'entry') {
    const line = { sequence: stored.sequence, unreadable: true };
    return format === 'json' ? `${JSON.stringify(line)}\n` : `${stored.sequence}  unreadable: run plumbline audit verify\n`;
  }
  const { entry } = reading;
  const actor = textOf(entry.actor, stored.openings);
  const rationale = textOf(entry.rationale, stored.openings);
  if (format === 'json') {
    const payload = entry.payload === null ? null : textOf(entry.payload, stored.openings);
    return `${escapeControls(JSON.stringify({ ...entry, opened: { actor, rationale, payload } }))}\n`;
  }
  const where = entry.repository === null ? '' : `${quote(entry.repository.name)} `;
  return `${entry.sequence}  ${entry.time}  ${entry.event}  ${quote(entry.outcome)}  ${where}${quote(entry.subject)}  ${shown(actor)}: ${shown(rationale)}\n`;
}

/** What a commitment opens to; null when that was erased or does not fit. */
function textOf(commitment: Commitment, openings: readonly Opening[]): string | null {
  const opening = openings.find((one) => opens(commitment, one));
  return opening === undefined ? null : new TextDecoder().decode(opening.bytes);
}

/** JSON leaves these as they are, terminals obey them. */
function escapeControls(json: string): string {
  return json.replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function shown(text: string | null): string {
  return text === null ? '(erased)' : quote(text);
}

const pageSize = 500;

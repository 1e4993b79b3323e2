import type { Commitment } from '../../audit/entry.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { StoredEntry } from '../ports/audit-log.ts';
import type { LegalHold } from '../ports/retention-store.ts';
import { loggedEntry } from './logged-entry.ts';

/** The hold that an entry places; null where it places none, or does not say what it covers. */
export function loggedHold(stored: StoredEntry): LegalHold | null {
  const entry = loggedEntry(stored);
  const said = entry?.payload ? parseJson(textIn(stored, entry.payload)) : undefined;
  if (entry?.event !== 'retention.held' || !isJsonObject(said)) return null;
  const [from, to] = [said['from'], said['to']].map(dateOf);
  if (from === undefined || to === undefined) return null;
  return { id: entry.sequence, repository: entry.repository, from, to, by: textIn(stored, entry.actor).replace(/^user:/, ''), reason: textIn(stored, entry.rationale), placedAt: new Date(entry.time) };
}

function textIn({ openings }: StoredEntry, { digest }: Commitment): string {
  const opening = openings.find((one) => one.digest === digest);
  return opening === undefined ? '' : new TextDecoder().decode(opening.bytes);
}

/** Undefined: no instant, and not none either. */
function dateOf(value: JsonValue | undefined): Date | null | undefined {
  if (value === null) return null;
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? new Date(value) : undefined;
}

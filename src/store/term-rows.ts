import type { Opening } from '../audit/entry.ts';
import type { ReadEntry } from '../audit/read-entry.ts';
import { searchTermsOf } from '../audit/search-terms.ts';
import { keyText } from './key-text.ts';

/** The rows by which an entry is found: one for each actor, and one without where there is none. */
export function termRowsOf(entry: ReadEntry, openings: readonly Opening[]) {
  const { event, repository, actors, tier, outcome } = searchTermsOf(entry, openings);
  const row = {
    account_id: entry.account,
    sequence: entry.sequence,
    id: entry.id,
    at: new Date(entry.time),
    event,
    repository_id: repository === null ? null : repository.id,
    repository_key: repository === null ? null : keyText(repository.name),
    tier,
    outcome_key: keyText(outcome),
  };
  const known = actors.length === 0 ? [null] : actors;
  return known.map((actor, place) => ({ ...row, place, actor_key: actor === null ? null : keyText(actor) }));
}

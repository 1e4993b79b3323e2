import { parseJson } from '../domain/parse-json.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { Opening } from './entry.ts';
import { misfitOfEvent } from './event-form.ts';

/** What an entry and its details lack of the form that their event has in every release; null where all fits. The openings MUST be those that it commits to. */
export function misfitOfEntry({ event, subject, outcome, repository, before, after, policyDigest, inputDigest, links, payload }: EntryFacts, openings: readonly Opening[]): string | null {
  const facts = { subject, outcome, repository, before, after, policyDigest, inputDigest, links };
  const opening = payload === null ? undefined : openings.find(({ digest }) => digest === payload.digest);
  if (opening === undefined) return misfitOfEvent(event, facts, 'read');
  const opened = parseJson(opening.bytes);
  return opened === undefined ? '/payload must be JSON' : misfitOfEvent(event, { ...facts, payload: opened }, 'read');
}

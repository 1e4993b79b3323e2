import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import type { ShortenedEntry } from './configuration.ts';
import { member } from './member.ts';

/** A repository's own whitelist entries reach only as far as the organisation lets them. */
export function cappedWhitelist(repository: JsonObject, organization: JsonObject): JsonObject {
  const governance = repository['governance'];
  if (!isJsonObject(governance) || governance['whitelist'] === undefined) return repository;
  return { ...repository, governance: { ...governance, whitelist: entriesOf(repository).map((entry) => capped(entry, organization)) } };
}

/** The tier up to which the organisation lets a repository's own entries reach. */
export function repositoryMaxTier(organization: JsonObject): number {
  return member.number(member.object(organization, 'governance'), 'repositoryMaxTier') ?? 2;
}

/** Entries of the repository that would reach further without the organisation. Tier 4 none of them reaches anyway. */
export function shortenedEntries(repository: JsonObject, organization: JsonObject): readonly ShortenedEntry[] {
  const wanted = entriesOf(repository).map((entry) => ({ entry: capped(entry, organization), wantedTier: Math.min(member.number(entry, 'maxTier') ?? 3, 3) }));
  return wanted.filter(({ wantedTier }) => wantedTier > repositoryMaxTier(organization));
}

function capped(entry: JsonObject, organization: JsonObject): JsonObject {
  const cap = repositoryMaxTier(organization);
  return { ...entry, maxTier: Math.min(member.number(entry, 'maxTier') ?? cap, cap) };
}

function entriesOf(document: JsonObject): readonly JsonObject[] {
  return member.objects(member.object(document, 'governance'), 'whitelist');
}

import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { member } from './member.ts';

/** A repository's own whitelist entries reach only as far as the organisation lets them. */
export function cappedWhitelist(repository: JsonObject, organization: JsonObject): JsonObject {
  const governance = repository['governance'];
  if (!isJsonObject(governance) || governance['whitelist'] === undefined) return repository;
  const cap = repositoryMaxTier(organization);
  const whitelist = member.objects(governance, 'whitelist').map((entry) => ({ ...entry, maxTier: Math.min(member.number(entry, 'maxTier') ?? cap, cap) }));
  return { ...repository, governance: { ...governance, whitelist } };
}

/** The tier up to which the organisation lets a repository's own entries reach. */
export function repositoryMaxTier(organization: JsonObject): number {
  return member.number(member.object(organization, 'governance'), 'repositoryMaxTier') ?? 2;
}

/** Entries of the repository that would reach further without the organisation. Tier 4 none of them reaches anyway. */
export function shortenedEntries(repository: JsonObject, organization: JsonObject): readonly JsonObject[] {
  const entries = member.objects(member.object(repository, 'governance'), 'whitelist');
  return entries.filter((entry) => Math.min(member.number(entry, 'maxTier') ?? 3, 3) > repositoryMaxTier(organization));
}

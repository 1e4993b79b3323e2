import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { member } from './member.ts';

/** A repository's own whitelist entries reach only as far as the organisation lets them. */
export function cappedWhitelist(repository: JsonObject, organization: JsonObject): JsonObject {
  const governance = repository['governance'];
  if (!isJsonObject(governance) || governance['whitelist'] === undefined) return repository;
  const cap = member.number(member.object(organization, 'governance'), 'repositoryMaxTier') ?? 2;
  const whitelist = member.objects(governance, 'whitelist').map((entry) => ({ ...entry, maxTier: Math.min(member.number(entry, 'maxTier') ?? cap, cap) }));
  return { ...repository, governance: { ...governance, whitelist } };
}

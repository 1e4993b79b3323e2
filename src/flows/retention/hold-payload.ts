import type { JsonObject } from '../../domain/json-value.ts';
import type { LegalHold } from '../ports/retention-store.ts';

/** What the entry that places a hold says of what it covers. */
export function holdPayload({ repository, from, to }: Pick<LegalHold, 'repository' | 'from' | 'to'>): JsonObject {
  return { repository: repository === null ? null : { id: repository.id, name: repository.name }, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null };
}

import { quote } from '../../audit/quote.ts';
import type { LegalHold } from '../../flows/ports/retention-store.ts';

/** A hold in a line, for people. */
export function holdText({ id, repository, from, to, by, reason, placedAt }: LegalHold): string {
  const range = `entries ${from === null ? 'from the first on' : `from ${from.toISOString()} on`}${to === null ? '' : `, before ${to.toISOString()}`}`;
  return `hold ${id} on ${repository === null ? 'all repositories' : quote(repository.name)}, ${range}: ${quote(reason)} (${by}, ${placedAt.toISOString()})`;
}

import type { VoteRecord } from './vote-record.ts';
import type { VotedItem } from './vote.ts';

/**
 * Whether a withdrawal is about something that was said before. By name it takes back everything of that name, whatever it was
 * bound to and under whatever scope it was said: else it would return with the content.
 */
export function takesBack({ scope, items }: Pick<VoteRecord, 'scope' | 'items'>, said: VotedItem): boolean {
  return scope === 'all' || scope === said.scope || items.some(({ binding }) => binding === said.binding);
}

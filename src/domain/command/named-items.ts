import type { HeldItem } from '../held-item.ts';
import { standingVotes } from '../people/standing-votes.ts';
import type { VoteRecord } from '../people/vote-record.ts';
import type { Command, VoteWord } from './command.ts';

/** By whom, as far as it matters to what they mean. */
interface Naming extends Pick<Extract<Command, { readonly kind: VoteWord }>, 'kind' | 'scope'> {
  /** What they said before. */
  readonly said: readonly VoteRecord[];
}

/**
 * What of a decision's held items somebody means: everything of that name, whether or not it waits. A yes to all is about what still waits, and
 * takes back their own no, for which nothing waits; a no, and what is taken back, is about what was released too.
 */
export function namedItems(held: readonly HeldItem[], { kind, scope, said }: Naming): readonly HeldItem[] {
  if (scope !== 'all') return held.filter((item) => item.scope === scope);
  if (kind !== 'approve') return held;
  const rejected = bindingsRejected(said);
  return held.filter(({ waits, binding }) => waits || rejected.has(binding));
}

function bindingsRejected(said: readonly VoteRecord[]): ReadonlySet<string> {
  const rejections = standingVotes(said).filter(({ answer }) => answer === 'reject');
  return new Set(rejections.flatMap(({ target }) => (target.kind === 'items' ? target.items.map(({ binding }) => binding) : [])));
}

import type { Digest } from '../../domain/digest.ts';
import type { Arrival } from '../../domain/people/arrival.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { either, integer, list, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const person = object({ login: text, id: integer, kind: oneOf('human', 'agent', 'app') });

export const arrivalForm = storedForm<Arrival>('an arrival', object({ repositoryId: integer, pullRequest: integer, head: text, person, action: oneOf('opened', 'synchronize', 'reopened'), at: text }, { before: text }));

const said = { repositoryId: integer, pullRequest: integer, person, says: oneOf('approve', 'reject', 'withdraw'), scope: text, head: text, reason: nullable(text), source: text, at: text };

/** As it is kept. What an older version kept is `namedVote` once it is known under which names it was held. */
export const voteForm = storedForm<VoteRecord | OlderVote>('a vote', either(object({ ...said, items: list(object({ scope: text, binding: text })) }), object({ ...said, bindings: list(text) })));

/** Before each binding was kept with the name that it was held under. */
type OlderVote = Omit<VoteRecord, 'items'> & { readonly bindings: readonly Digest[] };

/** Whether it is not kept under which names its bindings were held. */
export function isUnnamed(vote: VoteRecord | OlderVote): vote is OlderVote {
  return !('items' in vote);
}

/** @param names By binding. One that nothing held keeps the name that was typed. */
export function namedVote(vote: VoteRecord | OlderVote, names: ReadonlyMap<Digest, string>): VoteRecord {
  if (!isUnnamed(vote)) return vote;
  const { bindings, ...rest } = vote;
  return { ...rest, items: bindings.map((binding) => ({ scope: names.get(binding) ?? rest.scope, binding })) };
}

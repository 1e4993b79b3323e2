import type { Digest } from '../../domain/digest.ts';
import type { Arrival } from '../../domain/people/arrival.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { either, integer, list, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';
import type { StoredForm } from './stored-form.ts';

const person = object({ login: text, id: integer, kind: oneOf('human', 'agent', 'app') });

export const arrivalForm = storedForm<Arrival>('an arrival', object({ repositoryId: integer, pullRequest: integer, head: text, person, action: oneOf('opened', 'synchronize', 'reopened'), at: text }, { before: text }));

const said = { repositoryId: integer, pullRequest: integer, person, says: oneOf('approve', 'reject', 'withdraw'), scope: text, head: text, reason: nullable(text), source: text, at: text };

const anyVote = storedForm<VoteRecord | OlderVote>('a vote', either(object({ ...said, items: list(object({ scope: text, binding: text })) }), object({ ...said, bindings: list(text) })));

/** Before each binding was kept with the name that it was held under. */
type OlderVote = Omit<VoteRecord, 'items'> & { readonly bindings: readonly Digest[] };

export const voteForm: StoredForm<VoteRecord> = {
  write: (vote) => anyVote.write(vote),
  read(written) {
    const vote = anyVote.read(written);
    if ('items' in vote) return vote;
    const { bindings, ...rest } = vote;
    return { ...rest, items: bindings.map((binding) => ({ scope: rest.scope, binding })) };
  },
};

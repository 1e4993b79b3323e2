import type { Arrival } from '../../domain/people/arrival.ts';
import type { VoteRecord } from '../../domain/people/vote-record.ts';
import { integer, list, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const person = object({ login: text, id: integer, kind: oneOf('human', 'agent', 'app') });

export const arrivalForm = storedForm<Arrival>('an arrival', object({ repositoryId: integer, pullRequest: integer, head: text, person, action: oneOf('opened', 'synchronize', 'reopened'), at: text }, { before: text }));

export const voteForm = storedForm<VoteRecord>(
  'a vote',
  object({ repositoryId: integer, pullRequest: integer, person, says: oneOf('approve', 'reject', 'withdraw'), scope: text, head: text, bindings: list(text), reason: nullable(text), source: text, at: text }),
);

import type { PullRequestRecord } from '../../flows/ports/decision-store.ts';
import { repositoryShape } from './repository-shape.ts';
import { flag, integer, nullable, object, oneOf, orElse, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const facts = object({
  number: integer,
  state: oneOf('open', 'closed', 'merged'),
  title: text,
  author: text,
  draft: flag,
  head: text,
  headRepositoryId: nullable(integer),
  baseBranch: text,
  base: text,
  createdAt: text,
  mergeCommit: nullable(text),
}, { authorId: orElse(nullable(integer), null) });

export const pullRequestForm = storedForm<PullRequestRecord>('a pull request', object({ repository: repositoryShape, facts, authorCanWrite: flag }));

import type { Effect } from '../../domain/effect.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { repositoryShape } from './repository-shape.ts';
import { either, integer, list, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const annotation = object({
  path: text,
  startLine: integer,
  endLine: integer,
  startColumn: nullable(integer),
  level: oneOf('notice', 'warning', 'failure'),
  title: text,
  message: text,
});

const action = object({ label: text, description: text, identifier: text });

const checkState = object(
  {
    status: oneOf('in_progress', 'completed'),
    conclusion: nullable(oneOf('success', 'failure', 'action_required', 'cancelled', 'neutral')),
    title: text,
    summary: text,
    text: nullable(text),
    annotations: list(annotation),
  },
  { actions: list(action) },
);

const person = object({ login: text, id: integer });

const commit = object({
  kind: oneOf('commit'),
  key: text,
  pullRequest: integer,
  branch: text,
  head: text,
  headline: text,
  body: text,
  files: list(object({ path: text, text })),
  askedBy: person,
});

const pullRequest = object({
  kind: oneOf('pull-request'),
  key: text,
  branch: text,
  base: text,
  from: text,
  title: text,
  text,
  headline: text,
  body: text,
  files: list(object({ path: text, text })),
  askedBy: person,
  asked: object({ pullRequest: integer, comment: integer, head: text, word: oneOf('waive', 'unwaive') }),
});

const remediation = object({
  kind: oneOf('remediation'),
  key: text,
  behavior: text,
  wish: either(object({ kind: oneOf('propose') }), object({ kind: oneOf('take_over'), number: integer, head: text }), object({ kind: oneOf('roll_back'), number: integer })),
  askedBy: person,
  asked: object({ pullRequest: integer, comment: integer, at: text }),
});

const effect = either(
  object({ kind: oneOf('check'), key: text, name: text, head: text, state: checkState }),
  object({ kind: oneOf('comment'), key: text, pullRequest: integer, topic: text, body: text }),
  object({ kind: oneOf('reaction'), key: text, comment: integer, content: oneOf('eyes', 'rocket', 'confused') }),
  pullRequest,
  remediation,
  commit,
);

export interface RequestedEffect {
  readonly effect: Effect;
  readonly repository: RepositoryRef;
  readonly group: string;
}

export const effectForm = storedForm<RequestedEffect>('an effect', object({ effect, repository: repositoryShape, group: text }));

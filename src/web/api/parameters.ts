import { auditEvents } from '../../audit/entry.ts';
import type { RepositoryNamed } from '../../flows/ports/store-search.ts';
import { numberParameter, textParameter, timeParameter, wordParameter } from './parameter.ts';
import type { Parameter } from './parameter.ts';

const mostId = 999_999_999_999_999;
const repositoryForm = '^(?:[1-9][0-9]{0,14}|[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100})$';

const repository: Parameter<RepositoryNamed> = {
  description: 'Of one repository: its number at GitHub, or `owner/name` as it was called then.',
  schema: { type: 'string', pattern: repositoryForm },
  read: (text) => {
    if (!new RegExp(repositoryForm).test(text)) return undefined;
    return text.includes('/') ? { kind: 'name', name: text } : { kind: 'id', id: Number(text) };
  },
};

/** What several operations are asked by. */
export const parameters = {
  account: numberParameter('Number of the organisation or user at GitHub. Left out where the token names one account alone.', { least: 1, most: mostId }),
  repository,
  agent: textParameter('Of one agent: its login.', '^[A-Za-z0-9_-]{1,100}(?:\\[bot\\])?$', 110),
  cursor: textParameter('`next` of the page before.', '^[A-Za-z0-9_-]+$', 400),
  limit: numberParameter('Most items of a page.', { least: 1, most: 200 }),
  event: wordParameter('Of one event.', auditEvents),
  actor: textParameter('Of one actor: `user:<login>`, `app:<slug>`, `token:<subject>`, `system` or `unknown`.', '^(?:user:[A-Za-z0-9_.-]{1,100}(?:\\[bot\\])?|app:[A-Za-z0-9_.-]{1,100}|token:[A-Za-z0-9%_.!~*()-]{1,300}|system|unknown)$', 310),
  tier: numberParameter('About an action of one tier: of a decision the highest that it judged.', { least: 1, most: 4 }),
  outcome: textParameter('Of one outcome, up to a colon or a parenthesis: `allow`, `deny`, `hold`, `pass`, `refused`, …', '^[^\\u0000-\\u001f\\u007f]+$', 200),
  from: timeParameter('Not before this instant.'),
  to: timeParameter('Before this instant.'),
  pullRequest: numberParameter('About one pull request.', { least: 1, most: 999_999_999 }),
  sha: textParameter('About one head: its whole commit id.', '^(?:[0-9a-f]{40}|[0-9a-f]{64})$', 64),
  subject: textParameter('By one subject: `sub` of its tokens.', '^[^\\u0000-\\u001f\\u007f]+$', 300),
  entry: textParameter('The sequence of an entry, or its id.', '^(?:0|[1-9][0-9]{0,14}|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$', 36),
  bundle: textParameter('The id of a bundle, as its file is named.', '^[0-9a-f]{64}$', 64),
  bundleRequest: textParameter('The id of a request for a bundle.', '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', 36),
  idempotencyKey: textParameter('By which you know the request again: sent again it asks for nothing more.', '^[A-Za-z0-9_.:-]+$', 100),
  decision: textParameter('The id of a decision.', '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', 36),
} as const;

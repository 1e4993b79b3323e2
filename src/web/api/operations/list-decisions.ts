import { pullRequestSubject } from '../../../domain/subject.ts';
import type { StoreSearch } from '../../../flows/ports/store-search.ts';
import type { Cursors } from '../cursor.ts';
import { decisionSummary } from '../decision-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { pageOf } from '../page.ts';
import { parameters } from '../parameters.ts';
import { roles } from '../principal.ts';
import type { Reading } from '../reading.ts';

const { account, repository, pullRequest, sha, cursor, limit } = parameters;

export const listDecisions = {
  method: 'get',
  path: '/decisions',
  summary: 'Decisions, the newest first.',
  roles,
  inPath: {},
  inQuery: { account, repository, pullRequest, sha, cursor, limit },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'A page of decisions.', type: 'application/json', schema: { $ref: '#/components/schemas/Decisions' } } },
  problems: { 400: '`repository_missing`: a pull request has its number in one repository.' },
} as const satisfies OperationShape;

export async function answerDecisions({ search, cursors }: { readonly search: StoreSearch; readonly cursors: Cursors }, { query }: Asked<typeof listDecisions>, reading: Reading): Promise<ApiAnswer> {
  if (query.pullRequest !== null && query.repository === null) return problemAnswer({ status: 400, code: 'repository_missing', detail: 'The address names a pull request and no repository, expected both.' });
  const page = pageOf(cursors, reading.query, query);
  if (page.kind === 'problem') return problemAnswer(page.problem);
  const subject = query.pullRequest === null ? null : pullRequestSubject(query.pullRequest);
  const found = await search.decisions(reading.account, { repository: query.repository, subject, head: query.sha }, page.wanted);
  const { shown, next } = page.end(found, ({ place }) => place);
  return { kind: 'json', status: 200, value: { account: reading.account, decisions: shown.map(({ record }) => decisionSummary(record)), next } };
}

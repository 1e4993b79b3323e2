import type { StoreSearch } from '../../../flows/ports/store-search.ts';
import type { Cursors } from '../cursor.ts';
import { entryForm } from '../entry-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { pageOf } from '../page.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

const { account, repository, event, actor, tier, outcome, from, to, cursor, limit } = parameters;

export const listEntries = {
  method: 'get',
  path: '/audit',
  summary: 'Entries of the audit log, the newest first.',
  roles: auditingRoles,
  inPath: {},
  inQuery: { account, repository, event, actor, tier, outcome, from, to, cursor, limit },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'A page of entries. What is appended meanwhile is before the first page, and changes none.', type: 'application/json', schema: { $ref: '#/components/schemas/Entries' } } },
  problems: {},
} as const satisfies OperationShape;

export async function answerEntries({ search, cursors }: { readonly search: StoreSearch; readonly cursors: Cursors }, { query }: Asked<typeof listEntries>, reading: Reading): Promise<ApiAnswer> {
  const page = pageOf(cursors, reading.query, query);
  if (page.kind === 'problem') return problemAnswer(page.problem);
  const { repository: of, event: named, actor: by, tier: risk, outcome: came, from: since, to: until } = query;
  const found = await search.entries(reading.account, { repository: of, event: named, actor: by, tier: risk, outcome: came, from: since, to: until }, page.wanted);
  const { shown, next } = page.end(found, ({ sequence }) => sequence);
  return { kind: 'json', status: 200, value: { account: reading.account, entries: shown.map((stored) => entryForm(reading.account, stored)), next } };
}

import type { ReadLog } from '../../../flows/ports/read-log.ts';
import type { Cursors } from '../cursor.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { pageOf } from '../page.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

const { account, subject, cursor, limit } = parameters;

export const listReads = {
  method: 'get',
  path: '/audit/reads',
  summary: 'Who read what of an account through this API, the newest first.',
  roles: auditingRoles,
  inPath: {},
  inQuery: { account, subject, cursor, limit },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'A page of reads: one for each token, query and hour. They are kept for 400 days.', type: 'application/json', schema: { $ref: '#/components/schemas/Reads' } } },
  problems: {},
} as const satisfies OperationShape;

export async function answerReads({ reads, cursors }: { readonly reads: ReadLog; readonly cursors: Cursors }, { query }: Asked<typeof listReads>, reading: Reading): Promise<ApiAnswer> {
  const page = pageOf(cursors, reading.query, query);
  if (page.kind === 'problem') return problemAnswer(page.problem);
  const { shown, next } = page.end(await reads.reads(reading.account, query.subject, page.wanted), ({ place }) => place);
  return { kind: 'json', status: 200, value: { account: reading.account, reads: shown.map(({ subject: by, token, query: asked, at }) => ({ subject: by, token, query: asked, at: at.toISOString() })), next } };
}

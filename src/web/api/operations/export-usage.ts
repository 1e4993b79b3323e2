import { usageSources } from '../../../domain/usage/model-usage.ts';
import { mostExportDays } from '../../../flows/usage/export-usage.ts';
import type { UsageExport } from '../../../flows/usage/export-usage.ts';
import type { UsageRowsAsked } from '../../../flows/usage/usage-asked.ts';
import { countedPieces } from '../counted-pieces.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { wordParameter } from '../parameter.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const exportUsageShape = {
  method: 'get',
  path: '/usage/export',
  summary: 'What agents of an account were charged in a time, as FOCUS rows.',
  roles: auditingRoles,
  inPath: {},
  inQuery: { account: parameters.account, repository: parameters.repository, agent: parameters.agent, source: wordParameter('As one source tells it.', usageSources), from: parameters.from, to: parameters.to },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'Rows of FOCUS 1.3 in CSV (RFC 4180), the header first, by time. An answer that breaks off is not whole.', type: 'text/csv', schema: null } },
  problems: { 400: `\`time_missing\`: \`from\` and \`to\` are not both there, or not at most ${mostExportDays} days apart.`, 404: '`not_found`: the account has no such repository here.' },
} as const satisfies OperationShape;

export interface UsageExportPorts {
  readonly exportUsage: (asked: UsageRowsAsked) => Promise<UsageExport>;
}

/** Exports that one process writes at once: each may be read slowly. */
const mostExports = 4;

export async function answerUsageExport({ exportUsage, exporting }: UsageExportPorts & { readonly exporting: { count: number } }, { query: { repository, agent, source, from, to } }: Asked<typeof exportUsageShape>, { account }: Reading): Promise<ApiAnswer> {
  if (from === null || to === null) return noTime();
  if (exporting.count >= mostExports) return problemAnswer({ status: 503, code: 'busy', detail: 'Too many exports are written at once: ask again.', retryAfter: 30 });
  const found = await exportUsage({ account, repository, agent, source, from, to });
  if (found.kind === 'no_time') return noTime();
  if (found.kind === 'unknown_repository') return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such repository here, expected one that was judged or is scanned.` });
  return await countedPieces(found.pieces, exporting, 'text/csv');
}

function noTime(): ApiAnswer {
  return problemAnswer({ status: 400, code: 'time_missing', detail: `The address names no time that is told, expected ?from=<instant>&to=<instant>, at most ${mostExportDays} days apart.` });
}

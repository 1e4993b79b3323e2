import { countedPieces } from '../counted-pieces.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const exportEntries = {
  method: 'get',
  path: '/audit/export',
  summary: 'The whole log of an account, as `plumbline audit export` writes it.',
  roles: auditingRoles,
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'Lines that `plumbline audit verify` reads. One that breaks off is not whole, and does not verify.', type: 'application/x-ndjson', schema: null } },
  problems: {},
} as const satisfies OperationShape;

export interface ExportPorts {
  /** Seals, and writes the log of an account in pieces. */
  readonly exportLog: (account: number) => AsyncGenerator<string, void>;
  /** How many are written now. */
  readonly exporting: { count: number };
}

/** Exports that one process writes at once: each holds some megabytes, and may be read slowly. */
const mostExports = 4;

export async function answerExport({ exportLog, exporting }: ExportPorts, _asked: Asked<typeof exportEntries>, { account }: Reading): Promise<ApiAnswer> {
  if (exporting.count >= mostExports) return problemAnswer({ status: 503, code: 'busy', detail: 'Too many exports are written at once: ask again.', retryAfter: 30 });
  return await countedPieces(exportLog(account), exporting, 'application/x-ndjson');
}

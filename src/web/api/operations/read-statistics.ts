import type { RemediationStatistics } from '../../../domain/drift/remediation-statistics.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { roles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readStatistics = {
  method: 'get',
  path: '/stats/remediation',
  summary: 'How the drifts of an account stand, and how fast they are mended.',
  roles,
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'Times are milliseconds.', type: 'application/json', schema: { $ref: '#/components/schemas/Statistics' } } },
  problems: {},
} as const satisfies OperationShape;

export interface StatisticsPorts {
  readonly statistics: (account: number) => Promise<RemediationStatistics>;
}

export async function answerStatistics({ statistics }: StatisticsPorts, _asked: Asked<typeof readStatistics>, { account }: Reading): Promise<ApiAnswer> {
  const { behaviors, lastRuns, success, repairTime, byPlaybook } = await statistics(account);
  const value: JsonObject = { account, behaviors: { ...behaviors }, lastRuns: lastRuns.map((run) => ({ ...run })), success: { ...success }, repairTime: repairTime === null ? null : { ...repairTime }, byPlaybook: Object.fromEntries(Object.entries(byPlaybook).map(([name, time]) => [name, { ...time }])) };
  return { kind: 'json', status: 200, value };
}

import type { JsonObject } from '../../../domain/json-value.ts';
import type { ToldModelUsage, ToldSum, UsageOverview } from '../../../domain/usage/told-usage.ts';
import { mostExportDays } from '../../../flows/usage/export-usage.ts';
import type { OverviewAsked, UsageReading } from '../../../flows/usage/read-usage.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { roles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readUsageShape = {
  method: 'get',
  path: '/usage',
  summary: 'What agents of an account used, and how far their quotas are used up.',
  roles,
  inPath: {},
  inQuery: { account: parameters.account, repository: parameters.repository, agent: parameters.agent, from: parameters.from, to: parameters.to },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'Sums of the time from `from` to `to`, which are the month that runs in UTC and now where they are left out, and the windows that run now.', type: 'application/json', schema: { $ref: '#/components/schemas/Usage' } } },
  problems: { 400: `\`time_invalid\`: \`from\` is after \`to\`, or they are more than ${mostExportDays} days apart.`, 404: '`not_found`: the account has no such repository here.' },
} as const satisfies OperationShape;

export interface UsageOverviewPorts {
  readonly usage: (asked: OverviewAsked) => Promise<UsageReading>;
}

export async function answerUsage({ usage }: UsageOverviewPorts, { query: { repository, agent, from, to } }: Asked<typeof readUsageShape>, { account }: Reading): Promise<ApiAnswer> {
  const found = await usage({ account, repository, agent, from, to });
  switch (found.kind) {
    case 'overview':
      return { kind: 'json', status: 200, value: { account, ...formOf(found.overview) } };
    case 'no_time':
      return problemAnswer({ status: 400, code: 'time_invalid', detail: `The address names no time that is told, expected from no later than to, and at most ${mostExportDays} days between them.` });
    case 'unknown_repository':
      return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such repository here, expected one that was judged or is scanned.` });
  }
}

function formOf({ from, to, total, agents, repositories, models, windows, untold }: UsageOverview): JsonObject {
  return {
    from,
    to,
    total: sumForm(total),
    agents: agents.map(({ agent, ...sum }) => ({ agent, ...sumForm(sum) })),
    repositories: repositories.map(({ repository, ...sum }) => ({ repository: { ...repository }, ...sumForm(sum) })),
    models: models.map(modelForm),
    windows: windows.map((window) => ({ ...window })),
    untold: { ...untold },
  };
}

function sumForm({ counted, bySource: { self, proxy, provider } }: ToldSum): JsonObject {
  return { counted: { ...counted }, bySource: { self: { ...self }, proxy: { ...proxy }, provider: { ...provider } } };
}

function modelForm({ repository, ...usage }: ToldModelUsage): JsonObject {
  return { ...usage, repository: { ...repository } };
}

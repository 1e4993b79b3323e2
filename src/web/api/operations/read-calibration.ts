import type { CalibrationOfAgent, Calibrations } from '../../../domain/calibration/calibration-report.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { CalibrationsToRead } from '../../../flows/calibration/read-calibrations.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { roles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readCalibration = {
  method: 'get',
  path: '/agents/calibration',
  summary: 'How the confidence that agents report in a repository fits what became of their changes.',
  roles,
  inPath: {},
  inQuery: { account: parameters.account, repository: parameters.repository, agent: parameters.agent },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'One for each agent, by login.', type: 'application/json', schema: { $ref: '#/components/schemas/Calibrations' } } },
  problems: { 400: '`repository_missing`: agents are told apart by repository.', 404: '`not_found`: the account has no such repository here.' },
} as const satisfies OperationShape;

export interface CalibrationPorts {
  /** Null: the account has no such repository. */
  readonly calibrations: (asked: CalibrationsToRead) => Promise<Calibrations | null>;
}

export async function answerCalibration({ calibrations }: CalibrationPorts, { query: { repository, agent } }: Asked<typeof readCalibration>, { account }: Reading): Promise<ApiAnswer> {
  if (repository === null) return problemAnswer({ status: 400, code: 'repository_missing', detail: 'The address names no repository, expected ?repository=<id>, or owner/name.' });
  const found = await calibrations({ account, repository, agent });
  if (found === null) return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such repository here, expected one that was judged or is scanned.` });
  return { kind: 'json', status: 200, value: { account, repository: { ...found.repository }, agents: found.agents.map(formOf) } };
}

function formOf({ agent, method, labels, good, repository, reported, calibrated, reliability }: CalibrationOfAgent): JsonObject {
  return { agent, method, labels, good, repository: { ...repository }, reported: reported === null ? null : { ...reported }, calibrated: calibrated === null ? null : { ...calibrated }, reliability: reliability.map((bin) => ({ ...bin })) };
}

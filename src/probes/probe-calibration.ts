import type { RequestOf } from '../domain/probe-request.ts';
import type { AgentLabels } from '../flows/ports/prober.ts';
import { unavailable } from './answers.ts';
import type { Answers } from './answers.ts';

export async function probeCalibration(labels: AgentLabels | null, wanted: readonly RequestOf<'calibration'>[]): Promise<Answers<'calibration'>> {
  if (labels === null) return wanted.map((request) => [request, unavailable(new Error('what became of the changes of agents is not kept here'))] as const);
  const told = await labels.labelsOf(wanted.map(({ agent }) => agent));
  return wanted.flatMap((request, index) => {
    const value = told[index];
    return value === undefined ? [] : [[request, { kind: 'answered', value }] as const];
  });
}

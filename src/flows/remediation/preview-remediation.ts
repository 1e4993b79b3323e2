import type { PlannedRemediation } from '../../domain/command/drift-outcome.ts';
import type { Person } from '../../domain/effect.ts';
import { nextStep } from '../../domain/remediation/next-step.ts';
import type { BehaviorDrift } from '../../domain/remediation/behavior-drift.ts';
import { fingerprintOf } from '../../domain/remediation/fingerprint.ts';
import type { RemediationRecord } from '../../domain/remediation/remediation-record.ts';
import type { RemediationState } from '../../domain/remediation/remediation-state.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { toldStep } from './answer-wishes.ts';
import { createDriftSources } from './drift-sources.ts';
import type { DriftPlanning } from './drift-sources.ts';
import { readRemediationState } from './read-remediation-state.ts';

export interface PreviewToMake {
  readonly behavior: string;
  readonly takesOver: boolean;
  readonly askedBy: Person;
}

/** What would be done, were it asked for now. Writes nothing, neither to GitHub nor to our record. @throws Failure when something can not be read. */
export async function previewRemediation(ports: FlowPorts, repository: RepositoryRef, { behavior, takesOver, askedBy }: PreviewToMake): Promise<PlannedRemediation> {
  const sources = createDriftSources(ports);
  const record = await recordOf(ports, repository, behavior, await sources.driftNow(repository, behavior));
  if (record === null) return { behavior, instead: null, planning: null, next: null };
  const key = { repositoryId: repository.id, fingerprint: record.fingerprint };
  const { state, failure } = await readRemediationState({ ports: { ...ports, sources }, record, key, github: ports.github.remediation(repository), asked: [{ key: '', askedBy }] });
  if (failure !== null) throw failure;
  const planned = state.drift.kind === 'drift' ? await sources.planningOf(repository, behavior, state.drift.base) : null;
  return { behavior, instead: insteadOf(planned), planning: planned?.planning ?? null, next: toldStep(nextStep(takesOver ? takenOver(state) : state)) };
}

/** Of the drift that is there now, as it would be begun; else the newest that was looked at. */
async function recordOf({ store, clock }: FlowPorts, repository: RepositoryRef, behavior: string, drift: BehaviorDrift | null): Promise<RemediationRecord | null> {
  if (drift?.seen.kind === 'drift') return { repository, fingerprint: fingerprintOf(drift.seen.identity), behavior, target: drift.target, baseBranch: drift.baseBranch, at: clock.now().toISOString() };
  const known = await store.transaction((transaction) => transaction.remediationsOf(repository.id, behavior));
  return known.at(-1) ?? null;
}

function takenOver(state: RemediationState): RemediationState {
  return { ...state, pullRequests: state.pullRequests.map((one) => ({ ...one, takenOverAt: one.head })) };
}

function insteadOf(planned: DriftPlanning | null): string | null {
  return planned === null || planned.choice.kind === 'chosen' ? null : planned.choice.why;
}

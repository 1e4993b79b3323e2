import type { DriftState } from '../../domain/behavior/drift-state.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { minuteOf } from '../../domain/instant.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { SkippedRule } from '../../domain/verdict.ts';
import type { BaseBehavior } from './base-behaviors.ts';
import { shortened } from '../../domain/behavior/shortened.ts';

/** What is told of a behaviour that is judged on schedule: never more than a notice, so that a drifted system does not block its own mending. */
export interface ToldState {
  readonly finding: Finding | null;
  readonly skipped: SkippedRule | null;
}

export function stateRequest(behavior: string): RequestOf<'drift-state'> {
  return { kind: 'drift-state', behavior };
}

export function environmentState(base: readonly BaseBehavior[], name: string, evidence: Evidence): ToldState {
  const answer = evidence.find(stateRequest(name));
  if (answer?.kind !== 'answered') return listed(name, `its last state is not known here (${answer?.why ?? 'it was not asked for'})`);
  const state = answer.value;
  if (state === null) return listed(name, 'it was not scanned yet');
  if (state.state !== 'drift') return listed(name, `${words[state.state]} since ${minuteOf(state.since)}, last scanned ${minuteOf(state.scannedAt)}`);
  const path = base.find(({ at }) => at.kind === 'behavior' && at.behavior.name === name)?.file.path;
  return { finding: drifted(name, path, state), skipped: null };
}

const words: Readonly<Record<Exclude<DriftState['state'], 'drift'>, string>> = {
  pass: 'as agreed',
  inconclusive: 'without a verdict',
  error: 'not measured, for an error',
};

function listed(name: string, why: string): ToldState {
  return { finding: null, skipped: { rule: `the behaviour ${name}`, why: `judged on schedule at the default branch, so it decides nothing here: ${why}` } };
}

function drifted(name: string, path: string | undefined, { since, scannedAt, why }: DriftState): Finding {
  return finding({
    code: 'drift/detected',
    severity: 'notice',
    ...(path === undefined ? {} : { path }),
    message: `The behaviour ${quoted(name)} of the environment drifted: ${shortened(why).replace(/\.$/, '')}. It has been so since ${minuteOf(since)}, and was measured last at ${minuteOf(scannedAt)}. This decides nothing about the change.`,
    next: 'Nothing to mend in this change: a pull request, an issue or the digest issue of the account tells what becomes of it.',
    subject: `${name} environment`,
  });
}

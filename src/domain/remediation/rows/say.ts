import type { Facts, OwnPullRequest } from '../facts.ts';
import type { RemediationEvent } from '../remediation-event.ts';
import type { Again, NextStep, Reason, Row, Step } from '../step.ts';

/** What a row says. */
export function say({ state }: Facts, row: Row, reason: Reason, event: RemediationEvent, step: Step, about: OwnPullRequest | null = null): NextStep {
  return { row, step, reason, event, fingerprint: state.fingerprint, pullRequest: about?.url ?? null };
}

/** That nothing is written, and when to look again. */
export function saySkipped(facts: Facts, row: Row, reason: Reason, again: Again['kind'] & ('dequeue' | 'confirmation' | 'scan' | 'successor' | 'person'), about: OwnPullRequest | null = null): NextStep {
  return say(facts, row, reason, 'remediation.skipped', { kind: 'nothing', again: { kind: again } }, about);
}

/** That people are told. */
export function sayAlert(facts: Facts, row: Row, reason: Reason, named: readonly string[], about: OwnPullRequest | null = null): NextStep {
  return say(facts, row, reason, 'remediation.error', { kind: 'alert', named }, about);
}

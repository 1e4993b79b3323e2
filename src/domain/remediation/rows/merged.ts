import { isConfirmedPass, ownDrift } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep, Reason } from '../step.ts';
import { heldReason, openNext } from './open-next.ts';
import { say } from './say.ts';

/** Merged generations after which a person has to look. */
const mostIneffective = 2;

/** Row 12: it was merged. Until the drift was seen gone the fix is in doubt; after the verification window it is ineffective. What comes back later is a new drift, row 15. */
export function merged(facts: Facts): NextStep | null {
  const { state, latest, own } = facts;
  if (latest?.state.kind !== 'merged' || latest.state.verified) return null;
  if (isConfirmedPass(state)) return say(facts, 12, 'verified', 'remediation.merged', { kind: 'verify', number: latest.number }, latest);
  if (ownDrift(state) === null) return null;
  const end = Date.parse(latest.state.at) + state.verificationWindow;
  // What can not be dated counts as just merged.
  if (!(Date.parse(state.now) >= end)) return say(facts, 12, 'verifying', 'remediation.skipped', { kind: 'nothing', again: Number.isNaN(end) ? { kind: 'scan' } : { kind: 'at', instant: new Date(end).toISOString() } }, latest);
  const inVain = own.filter((one) => one.state.kind === 'merged' && !one.state.verified);
  const alert = (reason: Reason): NextStep => say(facts, 12, reason, 'remediation.ineffective', { kind: 'alert', named: inVain.map(({ number }) => `#${number}`) }, latest);
  if (inVain.length >= mostIneffective) return alert('ineffective_twice');
  // Most often the files are as its playbook wants them by now, and it drifts all the same.
  if (heldReason(facts) === 'report_only') return alert('ineffective_last');
  return openNext(facts, { row: 12, reason: 'ineffective', event: 'remediation.ineffective' }, true);
}

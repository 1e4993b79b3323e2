import { isConfirmedPass, ownDrift } from '../drift-facts.ts';
import { formerFacts } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep, Reason } from '../step.ts';
import { heldReason, openNext } from './open-next.ts';
import { say } from './say.ts';

/** Merged generations after which a person has to look. */
const mostIneffective = 2;

/** Row 12: it was merged. Until the drift was seen gone the fix is in doubt; after the verification window it is ineffective. What comes back later is a new drift, row 15. */
export function merged(facts: Facts): NextStep | null {
  const { state, latest, own } = facts;
  if (latest === null) return mergedBefore(facts);
  if (latest.state.kind !== 'merged' || latest.state.verified) return null;
  if (isConfirmedPass(state)) return say(facts, 12, 'verified', 'remediation.merged', { kind: 'verify', number: latest.number }, latest);
  if (ownDrift(state) === null) return null;
  const early = verifying(facts, latest);
  if (early !== null) return early;
  const inVain = own.filter((one) => one.state.kind === 'merged' && !one.state.verified);
  const alert = (reason: Reason): NextStep => say(facts, 12, reason, 'remediation.ineffective', { kind: 'alert', named: inVain.map(({ number }) => `#${number}`) }, latest);
  if (inVain.length >= mostIneffective) return alert('ineffective_twice');
  // Most often the files are as its playbook wants them by now, and it drifts all the same.
  if (heldReason(facts) === 'report_only') return alert('ineffective_last');
  return openNext(facts, { row: 12, reason: 'ineffective', event: 'remediation.ineffective' }, true);
}

/** Nothing came on this base yet. One that was merged on a former base may be on its way still, as where that got another name; what it did not mend there counts there alone. */
function mergedBefore(facts: Facts): NextStep | null {
  if (ownDrift(facts.state) === null) return null;
  const last = formerFacts(facts).findLast(({ latest }) => latest !== null)?.latest;
  return last?.state.kind === 'merged' && !last.state.verified ? verifying(facts, last) : null;
}

/** Null once its window is over. What can not be dated counts as just merged. */
function verifying(facts: Facts, one: OwnPullRequest): NextStep | null {
  const { now, verificationWindow } = facts.state;
  const end = (one.state.kind === 'merged' ? Date.parse(one.state.at) : Number.NaN) + verificationWindow;
  if (Date.parse(now) >= end) return null;
  return say(facts, 12, 'verifying', 'remediation.skipped', { kind: 'nothing', again: Number.isNaN(end) ? { kind: 'scan' } : { kind: 'at', instant: new Date(end).toISOString() } }, one);
}

import { formerFacts, isQueued, isUntouched } from '../facts.ts';
import type { Facts } from '../facts.ts';
import { jitterOf } from '../../scan/next-scan.ts';
import type { Hold, RemediationState } from '../remediation-state.ts';
import type { RemediationEvent } from '../remediation-event.ts';
import type { Again, NextStep, Reason } from '../step.ts';
import { flapping } from './flapping.ts';
import { openingOf } from './opening-of.ts';
import { say, sayAlert } from './say.ts';

/** What a row that opens something says of it. */
export interface OpeningWords {
  readonly row: 10 | 12 | 13 | 15;
  readonly reason: Reason;
  readonly event: RemediationEvent;
}

/** Opens the next generation, from the branch that is there if it is ours and on free ground otherwise. Rows 14 and 16 speak where it can not be, and nothing is opened for what comes and goes. */
export function openNext(facts: Facts, words: OpeningWords, lowers = false): NextStep | null {
  const { mode } = facts.state;
  const held = heldReason(facts);
  if (held !== null) return sayHeld(facts, held);
  const stopped = flapping(facts, words.row);
  if (stopped !== null) return stopped;
  const next = openingOf(facts, mode === 'auto' && !lowers ? 'auto' : 'propose');
  if (next === null) return sayAlert(facts, words.row, 'too_many_generations', facts.own.map(({ number }) => `#${number}`), facts.latest);
  const { opening, ground } = next;
  const { row, reason, event } = words;
  switch (ground.kind) {
    case 'free':
      return say(facts, row, reason, event, { kind: 'create', opening }, facts.latest);
    case 'foreign':
      return sayAlert(facts, 14, ground.reason, [ground.named], facts.latest);
    case 'ours': {
      const { at } = ground;
      if (ground.plan === opening.plan) return say(facts, row, reason, event, { kind: 'create_pull_request', opening, at }, facts.latest);
      return say(facts, row, 'content_changed', 'remediation.updated', { kind: 'append', number: null, onto: at, as: 'commit', plan: opening.plan, base: opening.base, onOthersCommits: false }, facts.latest);
    }
  }
}

/** Why nothing may be opened now; null when it may. */
export function heldReason(facts: Facts): Hold | 'report_only' | 'issue_only' | null {
  const { mode, heldBy } = facts.state;
  if (mode === 'report') return 'report_only';
  return heldBy[0] ?? (isLeftOnFormerBase(facts) ? 'same_files' : mode === 'issue' ? 'issue_only' : null);
}

/** Whether one for the same drift is open that row 6 leaves open, once this one's is. */
function isLeftOnFormerBase(facts: Facts): boolean {
  return formerFacts(facts).some((former) => former.open.some((one) => isQueued(one) || !isUntouched(former, one)));
}

/** Row 16, wherever something would have been opened. What a limit alone holds back waits for no scan: there is room again in a while. */
export function sayHeld(facts: Facts, reason: Hold | 'report_only' | 'issue_only'): NextStep {
  const again: Again = reason === 'limit' ? { kind: 'at', instant: roomLater(facts.state) } : { kind: 'scan' };
  return say(facts, 16, reason, 'remediation.skipped', { kind: 'digest', again }, facts.latest);
}

/** Milliseconds after which a limit is asked about again; what is each drift's own is added, so that not all of them come at once. */
const untilRoomMs = 10 * 60_000;

function roomLater({ now, fingerprint }: RemediationState): string {
  return new Date(Date.parse(now) + untilRoomMs + jitterOf(fingerprint)).toISOString();
}

import { isEvidenceMissing } from '../drift-facts.ts';
import { isQueued, isUntouched } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say, sayAlert } from './say.ts';

/** Row 1: two or more are open. The lowest number is kept. Nothing is closed that waits to merge or has others' hands in it, or while evidence is missing. */
export function duplicates(facts: Facts): NextStep | null {
  const [keep, ...others] = facts.open;
  if (keep === undefined || others.length === 0) return null;
  const close = isEvidenceMissing(facts.state) ? [] : others.filter((one) => isUntouched(facts, one) && !isQueued(one));
  if (close.length === 0) return sayAlert(facts, 1, 'duplicates', facts.open.map(({ number }) => `#${number}`), keep);
  const left = others.filter((one) => !close.includes(one)).map(({ number }) => number);
  return say(facts, 1, 'duplicates', 'remediation.closed', { kind: 'close_duplicates', keep: keep.number, close: close.map(({ number, branch, head }) => ({ number, branch, tip: head })), left }, keep);
}

import { compareStrictness } from './decision.ts';
import type { Decision } from './decision.ts';
import { isBefore } from './instant.ts';
import type { Sha } from './tree.ts';

/** A decision that may stand on a head: of a pull request or merge group, for one base branch. */
export interface Standing {
  /** `pull-request:<n>` or `merge-group:<ref>`. */
  readonly subject: string;
  readonly decision: Decision;
  readonly baseBranch: string;
  readonly base: Sha;
  /** From another repository. */
  readonly fork: boolean;
  readonly authorCanWrite: boolean;
  readonly createdAt: string;
  /** False: closed, or since retargeted to another base branch. */
  readonly open: boolean;
}

export interface StrictestDecision {
  readonly decision: Decision;
  /** Whose decision it is. */
  readonly subject: string;
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly pullRequest: number;
  readonly why: string;
}

/**
 * The decision that a check on this head shows: the strictest over all candidates of one branch entry and head SHA.
 * What is no longer open keeps counting for its base branch until something open is judged for that branch.
 * Null when nothing counts.
 */
export function strictest(candidates: readonly Standing[]): StrictestDecision | null {
  const counting = candidates.filter((one) => one.open || !candidates.some((other) => other.open && other.baseBranch === one.baseBranch));
  const leftOut = counting.filter((one) => isLeftOut(one, counting));
  const [first] = counting.filter((one) => !leftOut.includes(one)).toSorted(strictestFirst);
  if (first === undefined) return null;
  return { decision: first.decision, subject: first.subject, leftOut: leftOut.toSorted(bySubject).flatMap((one) => explained(one)) };
}

/**
 * A stranger's pull request of somebody else's commits can not block theirs: merging either gives the same tree.
 */
function isLeftOut(one: Standing, counting: readonly Standing[]): boolean {
  if (!one.open || !isStrangers(one)) return false;
  return counting.some((other) => other !== one && other.open && other.baseBranch === one.baseBranch && (!isStrangers(other) || isOlder(other, one)));
}

function isStrangers(one: Standing): boolean {
  return one.fork && !one.authorCanWrite;
}

/** False when either date can not be read, so that both count. */
function isOlder(a: Standing, b: Standing): boolean {
  return isBefore(a.createdAt, b.createdAt);
}

function strictestFirst(a: Standing, b: Standing): number {
  return compareStrictness(b.decision, a.decision) || bySubject(a, b);
}

function bySubject(a: Standing, b: Standing): number {
  if (a.subject === b.subject) return 0;
  return a.subject < b.subject ? -1 : 1;
}

function explained(one: Standing): readonly LeftOut[] {
  const number = /^pull-request:(\d+)$/.exec(one.subject)?.[1];
  if (number === undefined) return [];
  return [{ pullRequest: Number(number), why: 'it comes from another repository without write permission, and another open pull request has the same head and base' }];
}

import type { Rules } from '../apply-rules.ts';
import { isFindingCode, ruleOf } from '../finding-code.ts';
import { dayOf, daysAfter, daysUntil, isBefore } from '../instant.ts';
import { limits } from '../limits.ts';
import type { Waiver } from './waiver.ts';

/**
 * Why a repository can not waive a code; null when it can. A code whose mode the organisation's configuration sets, by its
 * name or by `*`, is a rule of the organisation: a repository's waiver does not reach it.
 * @param organization The rules that the organisation's configuration writes; null without one, and for a waiver of its own.
 */
export function whyNotWaivable(code: string, organization: Rules | null): string | null {
  if (!isFindingCode(code)) return 'no finding of this version has this code';
  if (!ruleOf(code).waivable) return 'findings of this code can not be waived';
  const isSet = organization !== null && (Object.hasOwn(organization, code) || Object.hasOwn(organization, '*'));
  return isSet ? 'the configuration of the organisation sets how this code counts, so only a waiver of the organisation silences it' : null;
}

/** Whether a waiver ends later than one may that is granted now, or when can not be read. */
export function isTooLong({ until }: Pick<Waiver, 'until'>, now: string): boolean {
  return !(daysUntil(until, now) <= limits.waiverDays);
}

/** Whether a waiver that is granted now may be given this end: it lies ahead, and not too far. */
export function mayEndAt(until: string, now: string): boolean {
  return isBefore(now, until) && !isTooLong({ until }, now);
}

/** The last day that a waiver may name which is granted now. */
export function lastWaiverDay(now: string): string {
  return dayOf(daysAfter(now, limits.waiverDays));
}

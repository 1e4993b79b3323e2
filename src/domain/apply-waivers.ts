import type { Finding } from './finding.ts';
import { ruleOf } from './finding-code.ts';
import { dayOf, daysUntil, isBefore } from './instant.ts';
import type { AppliedWaiver, Waiver } from './waiver/waiver.ts';

/** A finding after something lowered it, and until when that holds. */
export interface LoweredFinding {
  readonly finding: Finding;
  /** What lowered it, after the name of its code: `is waived by team:a until 2027-01-01`. */
  readonly how: string;
  /** Null: for ever. */
  readonly until: string | null;
  /** Logins of the people whose yes released it; left out where no yes did. */
  readonly by?: readonly string[];
}

/** Silences a finding that a waiver in force names, when its code can be waived. Of several the one that lasts longest is told. */
export function applyWaivers(finding: Finding, waivers: readonly Waiver[], now: string): LoweredFinding | null {
  if (!ruleOf(finding.code).waivable || finding.severity === 'unknown') return null;
  const named = byFingerprint(waivers).get(finding.fingerprint) ?? [];
  const [longest] = named.filter((waiver) => isAbout(waiver, finding) && isBefore(now, waiver.until)).toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until));
  if (longest === undefined) return null;
  return { finding: Object.freeze({ ...finding, severity: 'notice', waived: true, waiver: applied(longest, now) }), how: `is waived by ${longest.owner} until ${dayOf(longest.until)}`, until: longest.until };
}

/** Of a finding with a waiver's fingerprint: that tells all of it already, but what a reader of the entry is told must be what it silences. */
export function isAbout({ code, path, contract }: Waiver, finding: Finding): boolean {
  return code === finding.code && (path === null || path === finding.path) && (contract === null || contract === finding.contract);
}

function applied({ owner, reason, until }: Waiver, now: string): AppliedWaiver {
  return { owner, reason, until, daysLeft: daysUntil(until, now) };
}

const indexed = new WeakMap<readonly Waiver[], ReadonlyMap<string, readonly Waiver[]>>();

/** Each finding of a decision asks the same list. */
function byFingerprint(waivers: readonly Waiver[]): ReadonlyMap<string, readonly Waiver[]> {
  const index = indexed.get(waivers) ?? Map.groupBy(waivers, ({ fingerprint }) => fingerprint);
  indexed.set(waivers, index);
  return index;
}

/** Only what decides by itself and is declared waivable: never `unknown`. */
export function canBeLowered(finding: Finding): boolean {
  return ruleOf(finding.code).waivable && (finding.severity === 'deny' || finding.severity === 'hold');
}

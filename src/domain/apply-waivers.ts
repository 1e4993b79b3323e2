import type { Finding } from './finding.ts';
import { ruleOf } from './finding-code.ts';
import type { Waiver } from './waiver.ts';

/** A finding after something lowered it, and until when that holds. */
export interface LoweredFinding {
  readonly finding: Finding;
  /** Null: for ever. */
  readonly until: string | null;
}

/** Silences a finding that a waiver in force names, when its code can be waived. */
export function applyWaivers(finding: Finding, waivers: readonly Waiver[], now: string): LoweredFinding | null {
  if (!canBeLowered(finding)) return null;
  const ends = waivers.filter((waiver) => waiver.code === finding.code && waiver.fingerprint === finding.fingerprint).map((waiver) => waiver.until);
  const until = latest(ends.filter((end) => isBefore(now, end)));
  return until === null ? null : { finding: Object.freeze({ ...finding, severity: 'notice', waived: true }), until };
}

/** Only what decides by itself and is declared waivable: never `unknown`. */
export function canBeLowered(finding: Finding): boolean {
  return ruleOf(finding.code).waivable && (finding.severity === 'deny' || finding.severity === 'hold');
}

/** False when either instant can not be read: what can not be dated does not count. */
export function isBefore(now: string, end: string): boolean {
  return Date.parse(now) < Date.parse(end);
}

function latest(ends: readonly string[]): string | null {
  return ends.toSorted((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}

import type { Action } from './action/action.ts';
import type { Finding } from './finding.ts';
import type { GateName } from './gate-name.ts';
import type { Mend } from './mend.ts';

export type Outcome = 'pass' | 'fail' | 'hold' | 'inconclusive';

export interface EvaluatedRule {
  readonly rule: string;
  readonly subjects: number;
}

export interface SkippedRule {
  readonly rule: string;
  readonly why: string;
}

/** One gate's answer about a snapshot. */
export interface Verdict {
  readonly gate: GateName;
  readonly verdict: Outcome;
  /** False when the gate found no subject: it passes and says what it looked for (in `skipped`). */
  readonly applies: boolean;
  readonly findings: readonly Finding[];
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
  /** Changed paths that this gate looked at. */
  readonly covered: readonly string[];
  /** What the change does, as far as this gate's matter goes; left out: nothing. Governance judges it. */
  readonly actions?: readonly Action[];
  /** What a click may mend, one for a file; left out: nothing. It decides nothing. */
  readonly mends?: readonly Mend[];
}

/** In a gate: fail before inconclusive before hold before pass. */
export function outcomeOf(findings: readonly Finding[]): Outcome {
  const severities = new Set(findings.map((one) => one.severity));
  if (severities.has('deny')) return 'fail';
  if (severities.has('unknown')) return 'inconclusive';
  if (severities.has('hold')) return 'hold';
  return 'pass';
}

export function verdictOf(parts: Omit<Verdict, 'verdict'>): Verdict {
  return Object.freeze({ ...parts, verdict: outcomeOf(parts.findings) });
}

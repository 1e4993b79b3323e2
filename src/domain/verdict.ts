import type { VerificationRecord } from './agent-evidence/verification-record.ts';
import type { Action } from './action/action.ts';
import type { JudgedAction } from './action/judged-action.ts';
import type { AwaitedSamples } from './sample/awaited-samples.ts';
import type { ConfigurationEffect } from './configuration/configuration-effect.ts';
import type { Digest } from './digest.ts';
import type { Finding } from './finding.ts';
import type { GateName } from './gate-name.ts';
import type { HeldCandidate } from './held-item.ts';
import type { Mend } from './mend.ts';

export type Outcome = 'pass' | 'fail' | 'hold' | 'inconclusive';

export interface EvaluatedRule {
  readonly rule: string;
  /** Whose rule it is; left out: Plumbline's. */
  readonly whose?: string;
  readonly subjects: number;
}

export interface SkippedRule {
  readonly rule: string;
  readonly why: string;
}

/** A ready bundle of policies that was asked. */
export interface AskedBundle {
  /** As its rules are told. */
  readonly whose: string;
  /** Of the file, as a configuration would pin it. */
  readonly digest: Digest;
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
  /** What the change does, as far as this gate's matter goes; left out: nothing. Governance judges it; no decision keeps it. */
  readonly actions?: readonly Action[];
  /** Changed paths of which it could not be told what the change does to them; left out: none. No decision keeps them. */
  readonly untold?: readonly string[];
  /** What people may release of the change; left out: nothing. A decision keeps it as `held`. */
  readonly held?: readonly HeldCandidate[];
  /** Logins of everybody whose hand is in the change, where somebody asked; left out: nobody did. */
  readonly contributors?: readonly string[];
  /** Ids of the accounts of these contributors, one for each; null where only the login is known. Left out: no account is, or an older engine did not tell. */
  readonly accounts?: readonly (number | null)[];
  /** What governance made of the actions; left out: no action. */
  readonly judged?: readonly JudgedAction[];
  /** What the whitelist entries grant that match an action of tier 2 or above or may do so, whether they let it pass or not; left out: none does, or an older engine did not tell. */
  readonly matched?: readonly Digest[];
  /** Ready bundles that judged; left out: none. */
  readonly bundles?: readonly AskedBundle[];
  /** What merging would do to the configuration in force; left out: nothing. It decides nothing. */
  readonly configuration?: readonly ConfigurationEffect[];
  /** What a click may mend, one for a file; left out: nothing. It decides nothing. */
  readonly mends?: readonly Mend[];
  /** What came of checking an agent's claims; left out: none were. */
  readonly verification?: VerificationRecord;
  /** Samples without which it is inconclusive, and which are on their way; left out: none. It decides nothing. */
  readonly awaits?: readonly AwaitedSamples[];
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

import { nameOfAction } from '../../src/domain/action/action.ts';
import type { JudgedAction } from '../../src/domain/action/judged-action.ts';
import type { Decision, Disposition } from '../../src/domain/decision.ts';
import { finding } from '../../src/domain/finding.ts';
import type { Finding, FindingInput } from '../../src/domain/finding.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { GateName } from '../../src/domain/gate-name.ts';
import { verdictOf } from '../../src/domain/verdict.ts';
import type { Outcome, Verdict } from '../../src/domain/verdict.ts';
import type { RenderContext } from '../../src/render/render-context.ts';

/** A finding of released content that was changed, unless told otherwise. */
export function aFinding(input: Partial<FindingInput> & { readonly waived?: boolean; readonly inForce?: Finding['severity'] } = {}): Finding {
  const { waived = false, inForce, ...rest } = input;
  const built = finding({
    code: 'contract/immutable_changed',
    message: '`contracts/checkout.yaml` changed, but version 2.1.0 was released with another content.',
    next: 'Set contractVersion to a version greater than 2.1.0, or restore the released content.',
    ...rest,
  });
  return { ...built, waived, severity: inForce ?? built.severity };
}

/** A finding in a file, at a line. */
export function aFindingAt(path: string, line: number, input: Parameters<typeof aFinding>[0] = {}): Finding {
  return aFinding({ path, line, ...input });
}

export function aVerdict(gate: GateName, findings: readonly Finding[] = [], rest: Partial<Verdict> = {}): Verdict {
  return verdictOf({ gate, applies: true, findings, evaluated: [], skipped: [], covered: [], ...rest });
}

/** An action of tier 2 that passes for no reason, unless told otherwise. */
export function aJudgedAction(input: Partial<JudgedAction> = {}): JudgedAction {
  const action = { action: 'contract.bump', tier: 2, subject: {}, paths: [], why: 'It changes something.', outcome: 'pass', because: 'No rule is against it.', findings: [], whitelistedBy: null, release: null, ...input } as const;
  return { name: nameOfAction(action), ...action };
}

const byOutcome: Readonly<Record<Outcome, Disposition>> = { pass: 'allow', fail: 'deny', inconclusive: 'deny', hold: 'hold' };

/** A decision whose disposition follows from its verdicts, as `decide` would have it, unless told otherwise. */
export function aDecision(input: Partial<Decision> = {}): Decision {
  const given = input.verdicts ?? requiredGates.map((gate) => aVerdict(gate));
  // Where the gates of the first stage answered, the others did too.
  const later = given.some(({ gate }) => gate === 'contracts') ? (['governance', 'hallucination', 'drift'] as const).filter((wanted) => !given.some(({ gate }) => gate === wanted)) : [];
  const verdicts = [...given, ...later.map((gate) => aVerdict(gate))];
  const cause = (['fail', 'inconclusive', 'hold'] as const).find((outcome) => verdicts.some((one) => one.verdict === outcome)) ?? 'pass';
  return {
    version: 1,
    gates: requiredGates,
    decision: byOutcome[cause],
    cause,
    wouldBe: null,
    engine: '0.1.0',
    mergeBase: 'a'.repeat(40),
    base: 'b'.repeat(40),
    head: 'c'.repeat(40),
    validUntil: null,
    held: [],
    uncovered: [],
    policyDigest: `sha256:${'1'.repeat(64)}`,
    inputDigest: `sha256:${'2'.repeat(64)}`,
    ...input,
    verdicts,
  };
}

/** A decision of both gates, with these findings from the contract gate. */
export function aDecisionWith(findings: readonly Finding[], input: Partial<Decision> = {}): Decision {
  return aDecision({ verdicts: [aVerdict('change'), aVerdict('contracts', findings)], ...input });
}

export function aContext(input: Partial<RenderContext> = {}): RenderContext {
  return { subject: 'pull-request:7', decidedBy: 'pull-request:7', leftOut: [], retryAt: null, headFiles: new Map(), ...input };
}

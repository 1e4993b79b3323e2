import type { Decision } from '../domain/decision.ts';
import type { CheckState } from '../domain/effect.ts';
import type { SamplesWait } from '../domain/sample/samples-wait.ts';
import type { EvaluatedRule, Outcome, SkippedRule, Verdict } from '../domain/verdict.ts';
import { actionTable } from './action-table.ts';
import { annotationsOf } from './annotations.ts';
import { claimSection } from './claim-section.ts';
import { clip } from './clip.ts';
import { configurationEffect } from './configuration-effect.ts';
import { count } from './count.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { findingSections } from './finding-sections.ts';
import { byteLength, fitItems, textLimit } from './fit-items.ts';
import { headlineOf } from './headline.ts';
import { mendActions, mendSection } from './mend-section.ts';
import { outlook } from './outlook.ts';
import { rankedOf } from './ranked-findings.ts';
import type { RankedFinding } from './ranked-findings.ts';
import type { RenderContext } from './render-context.ts';

const titles: Readonly<Record<Outcome, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  hold: 'Held for a person to release',
  inconclusive: 'Blocked: no verdict yet',
};

/** The text of one gate's check; who calls concludes it. */
export function gateState(decision: Decision, verdict: Verdict, context: RenderContext): Omit<CheckState, 'conclusion'> {
  const findings = rankedOf(decision, verdict);
  const opening = sentence(decision, verdict, context);
  const mends = verdict.mends ?? [];
  const mending = mendSection(mends, context);
  const actions = actionTable(decision, verdict);
  const claims = claimSection(verdict.verification, context);
  const effects = (verdict.configuration ?? []).map((effect) => configurationEffect(effect, 8_000)).join('\n\n');
  const sections = findingSections(findings, context, textLimit - byteLength(opening) - byteLength(mending) - byteLength(actions) - byteLength(effects) - byteLength(claims) - 10);
  const buttons = mendActions(mends, context);
  return {
    status: 'completed',
    title: waitOf(verdict, context) === undefined ? titleOf(decision, verdict, findings) : headlineOf(decision, context.wait).title,
    summary: [opening, mending, sections, claims, actions, effects].filter((part) => part !== '').join('\n\n'),
    text: ruleList(verdict),
    annotations: annotationsOf(findings, context.headFiles),
    ...(buttons.length === 0 ? {} : { actions: buttons }),
  };
}

/** For which samples the gate waits; undefined: it does not. */
export function waitOf({ awaits = [] }: Verdict, { wait }: Pick<RenderContext, 'wait'>): SamplesWait | undefined {
  return awaits.length === 0 ? undefined : wait;
}

function titleOf({ wouldBe }: Decision, verdict: Verdict, findings: readonly RankedFinding[]): string {
  const observed = findings.filter((one) => one.effect === 'observed');
  if (wouldBe !== null && verdict.verdict === 'pass' && observed.length > 0) return `observing: would ${worst(observed)}`;
  return findings.length === 0 ? titles[verdict.verdict] : `${titles[verdict.verdict]}: ${count(findings.length, 'finding')}`;
}

function worst(observed: readonly RankedFinding[]): string {
  return observed.every(({ finding }) => finding.declared === 'hold') ? 'hold' : 'deny';
}

function sentence(decision: Decision, verdict: Verdict, context: RenderContext): string {
  const later = outlook({ ...decision, verdicts: [verdict] }, context);
  switch (verdict.verdict) {
    case 'pass':
      return verdict.applies ? 'The gate passes.' : 'The gate found nothing to judge in this change.';
    case 'fail':
      return `The gate fails. The author acts next and mends each finding that denies the change. ${later}`.trimEnd();
    case 'hold':
      return 'The gate holds this change: whoever its findings name may release it.';
    case 'inconclusive':
      if (waitOf(verdict, context) !== undefined) return headlineOf(decision, context.wait).sentence;
      return `The gate reached no verdict, so this change is blocked. ${later}`.trimEnd();
  }
}

function ruleList(verdict: Verdict): string | null {
  const rules = [...verdict.evaluated, ...verdict.skipped];
  return rules.length === 0 ? null : `### Rules\n${fitItems(rules, ruleLine, { bytes: textLimit - 16, more: moreRules })}`;
}

function ruleLine(one: EvaluatedRule | SkippedRule): string {
  if ('why' in one) return `- ${markdownCode(clip(one.rule, 160))}: not judged, ${markdownProse(clip(one.why, 300))}`;
  return `- ${markdownCode(clip(one.rule, 160))}${one.whose === undefined ? '' : ` of ${markdownProse(one.whose)}`}: ${count(one.subjects, 'subject')}`;
}

function moreRules(left: number): string {
  return `\n… and ${count(left, 'more rule')}.`;
}

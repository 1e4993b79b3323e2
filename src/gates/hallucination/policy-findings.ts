import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { isFindingCode, ruleOf } from '../../domain/finding-code.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import type { EvaluatedRule } from '../../domain/verdict.ts';
import { subjectOf } from './grounding-world.ts';
import { agentChange } from './policy-question.ts';
import type { PolicyQuestion } from './policy-question.ts';
import type { JudgedByPart } from './judged-by-part.ts';

export interface PolicyFindings {
  readonly findings: readonly Finding[];
  readonly evaluated: readonly EvaluatedRule[];
}

/** What the rules say of the record. What a finding of the gate tells already, with its place, is not told again. */
export function policyFindings(grounded: JudgedByPart, question: PolicyQuestion): PolicyFindings {
  const { evidence } = grounded.world.change;
  if (question.kind === 'objected') return { findings: [noAnswer(grounded, `its input does not fit at ${question.objection.pointer}: ${question.objection.why}`)], evaluated: [] };
  const answer = evidence.find(question.request);
  if (answer?.kind !== 'answered') return { findings: [noAnswer(grounded, answer?.why ?? 'they were not asked')], evaluated: [] };
  if (answer.value.kind !== 'report') return { findings: [noAnswer(grounded, answer.value.why)], evaluated: [] };
  const answers = answer.value.report.results.filter(({ rule, subject }) => rule.startsWith('hallucination/') && subject === agentChange);
  if (answers.length === 0) return { findings: [noAnswer(grounded, 'no rule about agents answered')], evaluated: [] };
  return { findings: answers.flatMap((one) => answerFinding(grounded, one)), evaluated: answers.map(({ rule }) => ({ rule, subjects: 1 })) };
}

function noAnswer({ world }: JudgedByPart, why: string): Finding {
  return finding({ code: 'hallucination/unverifiable', subject: subjectOf(world, 'policies'), message: `The built-in policies gave no answer about what was verified: ${why.replace(/\.$/, '')}. Nothing in your change caused this.`, expected: 'one answer of each rule', found: why, next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' });
}

function answerFinding(grounded: JudgedByPart, { rule, outcome }: PolicyAnswer): readonly Finding[] {
  if (outcome === 'pass') return [];
  if (!isFindingCode(rule)) throw new Error(`Cannot tell what the built-in rule ${JSON.stringify(rule)} says: no finding has its name`);
  if (grounded.findings.some((one) => explains(one, rule, outcome))) return [];
  return [rule === 'hallucination/confidence_low' ? confidenceFinding(grounded) : plainFinding(grounded, rule, outcome)];
}

/** Where evidence is missing or can not be used, that is why nothing is verified: it is told once. */
function explains({ code, severity }: Finding, rule: FindingCode, outcome: 'fail' | 'hold'): boolean {
  const isAsStrict = severity === 'deny' || (outcome === 'hold' && severity === 'hold');
  const isSame = code === rule || (rule === 'hallucination/confidence_low' && aboutDocuments.has(code));
  return isAsStrict && isSame;
}

const aboutDocuments = new Set<FindingCode>(['hallucination/evidence_missing', 'hallucination/evidence_unbound', 'hallucination/evidence_invalid']);

function confidenceFinding({ world, record }: JudgedByPart): Finding {
  const { confidence, reasons } = record;
  const { minConfidence } = world.settings;
  const [first = 'they could not be', ...more] = reasons;
  return finding({
    code: 'hallucination/confidence_low',
    subject: subjectOf(world, 'confidence'),
    message: `The claims about this change are not verified: ${first}${more.length === 0 ? '' : `, and ${more.length} more`}. The agent says ${confidence.self_reported.toFixed(2)}, which counts as ${confidence.calibrated.toFixed(2)} by ${confidence.n_labels} known outcomes. It is held: a person may release it.`,
    // An approval is bound to these: what becomes of other changes must not void it.
    expected: `claims that are verified, or a confidence of at least ${minConfidence}`,
    found: 'claims that are not verified',
    next: 'Let every critical claim cite what carries it, or ask the approvers of tier 2 to look at the change.',
    restsOn: [],
  });
}

/** Told by nothing else, so that it is about the record as a whole. */
function plainFinding({ world }: JudgedByPart, code: FindingCode, outcome: 'fail' | 'hold'): Finding {
  const severity = outcome === 'hold' ? 'hold' : ruleOf(code).severity;
  return finding({ code, severity, subject: subjectOf(world, 'record'), message: `The record of what was verified says so as a whole.${outcome === 'hold' ? ' It is held: a person may release it.' : ''}`, next: 'Correct what the claims cite.', restsOn: [] });
}

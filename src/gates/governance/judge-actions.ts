import { applyRules } from '../../domain/apply-rules.ts';
import { applyWaivers } from '../../domain/apply-waivers.ts';
import { placeOfAction } from '../../domain/action/action.ts';
import type { JudgedAction } from '../../domain/action/judged-action.ts';
import type { Finding } from '../../domain/finding.ts';
import type { EvaluatedRule, SkippedRule } from '../../domain/verdict.ts';
import { answerFindings, isAboutPeople } from './answer-findings.ts';
import type { NamedAction } from './derive-actions.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { judgedAction } from './judged-action-of.ts';
import { levelAnswers } from './level-answers.ts';
import type { LevelAnswer } from './level-answers.ts';
import { noPolicies, troubleWith } from './policies/no-policies.ts';
import { askedPolicies } from './policies/policy-requests.ts';
import type { PolicyRepair } from './policies/policy-repair.ts';
import type { AskedPolicies } from './policies/policy-requests.ts';
import { stateOfRequest, stateOfTree } from './policies/policy-state.ts';
import type { PolicyState } from './policies/policy-state.ts';
import { userAnswerFinding } from './user-answer-finding.ts';
import { baseWaivers } from './waivers/base-waivers.ts';
import { whyOpen } from './why-open.ts';

export interface JudgedActions {
  readonly judged: readonly JudgedAction[];
  readonly findings: readonly Finding[];
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
}

/** Instants at which rules that only warn about something here begin to decide. */
export function warningsEnd(world: GovernanceWorld): readonly string[] {
  return answersIn(world, askedPolicies(world)).flatMap(({ answer, warnsUntil }) => (answer.outcome === 'pass' || warnsUntil === null ? [] : [warnsUntil]));
}

/** What built-in rules say of agents stands with the gate that asked them about the record. */
function answersIn({ evidence, snapshot }: GovernanceWorld, asked: AskedPolicies): readonly LevelAnswer[] {
  if (asked.kind === 'objected') return [];
  const { builtin, levels } = asked;
  const ofLevels = levels.flatMap(({ base, whose }) => (base?.kind === 'asked' ? levelAnswers(evidence.find(base.request), whose, snapshot.now) : []));
  const ofBuiltin = levelAnswers(evidence.find(builtin), null, snapshot.now).filter(({ answer }) => !answer.rule.startsWith('hallucination/'));
  return [...ofBuiltin, ...ofLevels];
}

/** What the policies say of each action. Without a total report of all of them nothing passes. @param repair What this change mends: no answer of those levels is waited for. */
export function judgeActions(world: GovernanceWorld, asked: AskedPolicies, repair: PolicyRepair | null): JudgedActions {
  const actions = world.derived.actions.filter(({ name }) => repair?.actions.has(name) !== true);
  if (asked.kind === 'objected') return unanswered(actions, world, [noPolicies('policy/input_invalid', 'the built-in policies', { why: `${asked.objection.pointer} ${asked.objection.why}` })]);
  const levels = asked.levels.filter((level) => repair?.levels.has(level) !== true);
  const troubles = [...troubleWithBuiltin(stateOfRequest(asked.builtin, world.evidence)), ...levels.flatMap((level) => (level.base === null ? [] : troubleWith(level, stateOfTree(level.base, world.evidence))))];
  if (troubles.length > 0) return unanswered(actions, world, troubles);
  return judgedBy(actions, world, answersIn(world, asked).filter(({ answer, whose }) => whose !== null || repair?.actions.has(answer.subject) !== true));
}

/** Nobody mends these in a change. */
function troubleWithBuiltin(state: PolicyState): readonly Finding[] {
  if (state.kind === 'report') return [];
  return [noPolicies(state.kind === 'broken' && state.how === 'timed-out' ? 'policy/timed_out' : 'policy/no_answer', 'the built-in policies', { why: state.why })];
}

/** @param actions Those that need somebody's leave by themselves. */
function judgedBy(actions: readonly NamedAction[], world: GovernanceWorld, answers: readonly LevelAnswer[]): JudgedActions {
  const isLeft = ({ answer, whose }: LevelAnswer): boolean => whose === null && world.isAnonymous && isAboutPeople(answer.rule);
  const [left, counted] = [answers.filter(isLeft), answers.filter((said) => !isLeft(said))];
  const byAction = Map.groupBy(counted.filter(({ warnsUntil }) => warnsUntil === null), ({ answer }) => answer.subject);
  const told = findingsOf(world, counted);
  const ofAction = Map.groupBy(told.flatMap(({ finding, names }) => names.map((name) => ({ name, finding }))), ({ name }) => name);
  return {
    judged: actions.map((action) => judgedAction(action, world, { answers: byAction.get(action.name) ?? [], findings: (ofAction.get(action.name) ?? []).map(({ finding }) => finding) })),
    findings: told.map(({ finding }) => finding),
    evaluated: rulesOf(counted),
    skipped: rulesOf(left).map(({ rule }) => ({ rule, why: 'only GitHub knows who takes part and who approved; a file given with --context may say it' })),
  };
}

/** A level may have a rule of any name: whose it is tells it from the others. */
function rulesOf(answers: readonly LevelAnswer[]): readonly EvaluatedRule[] {
  const byRule = Map.groupBy(answers, ({ answer, whose }) => JSON.stringify([whose, answer.rule]));
  return [...byRule.values()].flatMap((given) => given.slice(0, 1).map(({ answer: { rule }, whose }) => ({ rule, ...(whose === null ? {} : { whose }), subjects: given.length })));
}

interface ToldFinding {
  readonly finding: Finding;
  /** Names of the actions that it tells of. */
  readonly names: readonly string[];
}

interface Objection extends LevelAnswer {
  readonly action: NamedAction;
}

/** Nobody is asked to approve what is denied anyway: once the denial is gone, they are. A denial that is waived or only observed hides nothing. */
function findingsOf(world: GovernanceWorld, answers: readonly LevelAnswer[]): readonly ToldFinding[] {
  const actions = new Map(world.derived.actions.map((action) => [action.name, action]));
  const objections = answers.flatMap((said): readonly Objection[] => {
    const action = said.answer.outcome === 'pass' ? undefined : actions.get(said.answer.subject);
    return action === undefined ? [] : [{ ...said, action }];
  });
  const [against, asking] = (['fail', 'hold'] as const).map((outcome) => objections.filter(({ answer }) => answer.outcome === outcome));
  const denials = toldOf(world, against ?? []);
  const denied = namesInForce(world, denials);
  return [...denials, ...toldOf(world, (asking ?? []).filter(({ answer }) => !denied.has(answer.subject)))];
}

function toldOf(world: GovernanceWorld, objections: readonly Objection[]): readonly ToldFinding[] {
  return [...Map.groupBy(objections, (one) => toldTogether(one, world)).values()].flatMap((together) => toldFindings(world, together));
}

/** Names of the actions that are denied whatever the base's waivers and its rules lower. */
function namesInForce(world: GovernanceWorld, denials: readonly ToldFinding[]): ReadonlySet<string> {
  const { snapshot: { now }, configuration: { rules } } = world;
  const { waivers } = baseWaivers(world);
  const isInForce = (finding: Finding): boolean => finding.severity === 'deny' && applyWaivers(finding, waivers, now) === null && applyRules(finding, rules, now) === null;
  return new Set(denials.filter(({ finding }) => isInForce(finding)).flatMap(({ names }) => names));
}

function toldFindings(world: GovernanceWorld, [first, ...others]: readonly Objection[]): readonly ToldFinding[] {
  if (first === undefined) return [];
  const { whose, action } = first;
  const findings = whose === null ? answerFindings(action, first, world, others.map((one) => one.action.action)) : [userAnswerFinding(action, first, whose)];
  return findings.map((finding) => ({ finding, names: [action.name, ...others.map((one) => one.action.name)] }));
}

/** What two actions of a file say in the same words, with a code of their own, is told once. What is not certain of one may be of the other. */
function toldTogether({ answer, whose, action }: Objection, world: GovernanceWorld): string {
  const isOwn = whose === null && action.finding === answer.rule && whyOpen(action, answer, world).length === 0;
  return JSON.stringify(isOwn ? [answer.rule, action.why, action.paths, placeOfAction(action)] : [answer.rule, action.name, whose]);
}

function unanswered(actions: readonly NamedAction[], world: GovernanceWorld, findings: readonly Finding[]): JudgedActions {
  const judged = actions.map((action): JudgedAction => judgedAction(action, world, { answers: null, findings: [] }));
  return { judged, findings, evaluated: [], skipped: [{ rule: 'governance', why: 'the policies gave no whole answer' }] };
}

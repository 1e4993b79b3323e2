import type { JudgedAction } from './action/judged-action.ts';
import { applyRules, enforcingRules, observesAll } from './apply-rules.ts';
import type { Rules } from './apply-rules.ts';
import { applyWaivers } from './apply-waivers.ts';
import type { LoweredFinding } from './apply-waivers.ts';
import type { Approval } from './approval/approval.ts';
import { approvalCountsOf } from './approval/approver-groups.ts';
import { keyOfFinding } from './approval/finding-item.ts';
import { compareText } from './compare-text.ts';
import type { Configuration } from './configuration/configuration.ts';
import type { Cause, Decision, Disposition } from './decision.ts';
import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import { gateNames } from './gate-name.ts';
import type { GateName } from './gate-name.ts';
import type { HeldItem } from './held-item.ts';
import { foldedLogin } from './people/contributor.ts';
import { releaseHold } from './release-holds.ts';
import { outcomeOf, verdictOf } from './verdict.ts';
import type { Outcome, Verdict } from './verdict.ts';
import type { Waiver } from './waiver/waiver.ts';

export interface DecisionInput extends Pick<Decision, 'engine' | 'mergeBase' | 'base' | 'head' | 'uncovered' | 'policyDigest' | 'inputDigest'> {
  readonly requiredGates: readonly GateName[];
  readonly verdicts: readonly Verdict[];
  /** The base's entries. Those that have expired count nothing. */
  readonly waivers: readonly Waiver[];
  readonly approvals: readonly Approval[];
  /** In force: its rules and its numbers of approvals. Null: everything is enforced. */
  readonly configuration: Configuration | null;
  /** Ends of what the verdicts rely on, as the gates know them. */
  readonly expiries: readonly string[];
  /** ISO 8601, of the snapshot. */
  readonly now: string;
}

/**
 * Aggregates verdicts: any fail denies, else any inconclusive blocks, else any hold holds, else it is allowed.
 * A required gate without a verdict is inconclusive, and so is a decision that no gate took part in.
 */
export function decide(input: DecisionInput): Decision {
  const verdicts = allVerdicts(input);
  const rules = input.configuration?.rules ?? {};
  const settled = settle(verdicts, input, rules);
  const would = settle(verdicts, input, enforcingRules(rules));
  const cause = causeOf(input, settled.verdicts);
  return Object.freeze({
    version: 1,
    gates: inOrder([...new Set(input.requiredGates)]),
    decision: dispositions[cause],
    cause,
    wouldBe: observesAll(rules) ? dispositions[causeOf(input, would.verdicts)] : null,
    engine: input.engine,
    mergeBase: input.mergeBase,
    base: input.base,
    head: input.head,
    validUntil: earliest([...input.expiries, ...settled.expiries, ...would.expiries]),
    verdicts: settled.verdicts,
    held: heldOf(verdicts, settled),
    uncovered: input.uncovered.toSorted(),
    policyDigest: input.policyDigest,
    inputDigest: input.inputDigest,
  });
}

const dispositions: Readonly<Record<Cause, Disposition>> = { pass: 'allow', hold: 'hold', inconclusive: 'deny', fail: 'deny' };

/** The verdicts given and one for each required gate that gave none, in gate order. */
function allVerdicts(input: DecisionInput): readonly Verdict[] {
  const given = new Set(input.verdicts.map((verdict) => verdict.gate));
  const missing = input.requiredGates.filter((gate) => !given.has(gate)).map((gate) => noVerdict(gate));
  const verdicts = [...input.verdicts, ...missing];
  return verdicts.toSorted((a, b) => gateNames.indexOf(a.gate) - gateNames.indexOf(b.gate) || compareText(JSON.stringify(a), JSON.stringify(b)));
}

function noVerdict(gate: GateName): Verdict {
  const problem = finding({
    code: 'engine/failed',
    message: `The ${gate} gate gave no verdict. Nothing in your change caused this.`,
    expected: `a verdict of the ${gate} gate`,
    found: 'none',
    next: 'Wait for the next attempt; if it stays, tell the operator of Plumbline.',
    subject: gate,
  });
  return verdictOf({ gate, applies: true, findings: [problem], evaluated: [], skipped: [], covered: [] });
}

interface Settled {
  readonly verdicts: readonly Verdict[];
  readonly expiries: readonly string[];
  /** Whose yes released each finding, by its key. */
  readonly released: ReadonlyMap<string, readonly string[]>;
}

/** A finding as it is in force; `how` is null where nothing lowered it. */
interface SettledFinding extends Omit<LoweredFinding, 'how'> {
  readonly how: LoweredFinding['how'] | null;
}

function settle(verdicts: readonly Verdict[], input: DecisionInput, rules: Rules): Settled {
  const settled = verdicts.map((verdict) => ({ verdict, findings: verdict.findings.map((one) => settleFinding(one, input, rules)) }));
  const all = settled.flatMap(({ findings }) => findings);
  const told = Map.groupBy(all, ({ finding: one }) => keyOfFinding(one));
  return { verdicts: settled.map(({ verdict, findings }) => settleVerdict(verdict, findings, { told, rules })), expiries: all.flatMap(({ until }) => until ?? []), released: new Map(all.flatMap(({ finding: one, by }) => (by === undefined ? [] : [[keyOfFinding(one), by]]))) };
}

function settleFinding(one: Finding, input: DecisionInput, rules: Rules): SettledFinding {
  return applyWaivers(one, input.waivers, input.now) ?? applyRules(one, rules, input.now) ?? releaseHold(one, input.approvals, approvalCountsOf(input.configuration)) ?? { finding: one, how: null, until: null };
}

interface Settling {
  /** By key. */
  readonly told: ReadonlyMap<string, readonly SettledFinding[]>;
  readonly rules: Rules;
}

function settleVerdict(verdict: Verdict, settled: readonly SettledFinding[], { told, rules }: Settling): Verdict {
  const findings = settled.map((one) => one.finding).toSorted((a, b) => compareText(sortKey(a), sortKey(b)));
  const { actions: _judged, untold: _told, held: _collected, judged, ...kept } = verdict;
  return Object.freeze({ ...kept, findings, verdict: settledOutcome(verdict, findings, observesAll(rules)), ...(judged === undefined ? {} : { judged: judged.map((action) => settledAction(action, told)) }) });
}

/** In stable order: by scope, then by name. Of a finding that an admin released it is the admin who approved it. */
function heldOf(given: readonly Verdict[], { verdicts, released }: Settled): readonly HeldItem[] {
  const holding = new Set(verdicts.flatMap((verdict) => verdict.findings.filter((one) => one.severity === 'hold').map((one) => keyOfFinding(one))));
  const items = given.flatMap(({ held = [] }) => held).map(({ ends, ...item }) => ({ ...item, approvedBy: eachOf(item.approvedBy, ends.flatMap((key) => released.get(key) ?? [])), waits: ends.some((key) => holding.has(key)) }));
  return items.toSorted((a, b) => compareText(a.scope, b.scope) || compareText(a.name, b.name) || compareText(a.binding, b.binding));
}

function eachOf(logins: readonly string[], more: readonly string[]): readonly string[] {
  const known = new Set(logins.map((login) => foldedLogin(login)));
  return [...logins, ...more.filter((login) => !known.has(foldedLogin(login)))];
}

/** What became of an action is what became of the findings that decide it: one may be waived, released or only observed. */
function settledAction(action: JudgedAction, told: ReadonlyMap<string, readonly SettledFinding[]>): JudgedAction {
  const deciding = action.findings.flatMap((key) => told.get(key) ?? []).filter(({ finding: { declared } }) => declared !== 'notice');
  const outcome = outcomeOf(deciding.map((one) => one.finding));
  const isAsGiven = action.outcome === 'inconclusive' ? !isNoLongerOpen(deciding) : outcome === action.outcome && deciding.every(({ how }) => how === null);
  return deciding.length === 0 || isAsGiven ? action : { ...action, outcome, because: `${inWords(deciding)}.` };
}

/** Of what gave no answer nothing counts any more: it was told, and what was told is lowered. */
function isNoLongerOpen(deciding: readonly SettledFinding[]): boolean {
  return deciding.some(({ finding: { declared } }) => declared === 'unknown') && deciding.every(({ how }) => how !== null);
}

/** What stands in the way first. */
function inWords(findings: readonly SettledFinding[]): string {
  const inForce = findings.filter(({ how }) => how === null).map(({ finding: { code } }) => code);
  const lowered = findings.flatMap(({ finding: { code }, how }) => (how === null ? [] : `${code} ${how}`));
  return [...(inForce.length === 0 ? [] : [[...new Set(inForce)].join(' and ')]), ...new Set(lowered)].join('; ');
}

/** A verdict that is stricter than its findings explain keeps its word: nothing here could have lowered that. */
function settledOutcome(verdict: Verdict, findings: readonly Finding[], observed: boolean): Outcome {
  const now = outcomeOf(findings);
  const isExplained = strictness[verdict.verdict] <= strictness[outcomeOf(verdict.findings)];
  return isExplained || observed ? now : stricter(now, verdict.verdict);
}

function causeOf(input: DecisionInput, verdicts: readonly Verdict[]): Cause {
  if (input.requiredGates.length === 0) return verdicts.map((one) => one.verdict).reduce(stricter, 'inconclusive');
  return verdicts.map((one) => one.verdict).reduce(stricter, 'pass');
}

const strictness: Readonly<Record<Outcome, number>> = { pass: 0, hold: 1, inconclusive: 2, fail: 3 };

function stricter(a: Outcome, b: Outcome): Outcome {
  return strictness[a] >= strictness[b] ? a : b;
}

function inOrder(gates: readonly GateName[]): readonly GateName[] {
  return gates.toSorted((a, b) => gateNames.indexOf(a) - gateNames.indexOf(b));
}

/** By place, then by code, so that a record does not depend on the order in which rules ran. */
function sortKey(one: Finding): string {
  const place = [one.path ?? '', String(one.line ?? 0).padStart(8, '0'), String(one.column ?? 0).padStart(8, '0')];
  return [...place, one.code, one.fingerprint, one.message].join('\0');
}

function earliest(instants: readonly string[]): string | null {
  const first = instants.map((instant) => Date.parse(instant)).toSorted((a, b) => a - b)[0];
  return first === undefined ? null : new Date(first).toISOString();
}

import { approvalsOf } from '../domain/approval/approvals-of.ts';
import { electorateOf } from '../domain/approval/electorate.ts';
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decision.ts';
import { Evidence } from '../domain/evidence.ts';
import type { ProbeRequest } from '../domain/probe-request.ts';
import { failureOf } from '../domain/failure.ts';
import { finding, quoted } from '../domain/finding.ts';
import type { FindingInput } from '../domain/finding.ts';
import type { GateName } from '../domain/gate-name.ts';
import type { JudgedInput } from '../domain/judged-input/judged-input.ts';
import { writeJudgedInput } from '../domain/judged-input/write-judged-input.ts';
import { limits } from '../domain/limits.ts';
import { changedFiles } from '../domain/snapshot.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { verdictOf } from '../domain/verdict.ts';
import type { Verdict } from '../domain/verdict.ts';
import { beginningsOf } from '../domain/waiver/later-waivers.ts';
import { changeGate } from '../gates/change/change-gate.ts';
import { excessFinding } from '../gates/change/excess-finding.ts';
import { contractGate } from '../gates/contract/contract-gate.ts';
import { driftGate } from '../gates/drift/drift-gate.ts';
import type { Gate } from '../gates/gate.ts';
import { hallucinationGate } from '../gates/hallucination/hallucination-gate.ts';
import { baseWaivers } from '../gates/governance/waivers/base-waivers.ts';
import type { BaseWaivers } from '../gates/governance/waivers/base-waivers.ts';
import { governanceGate } from '../gates/governance/governance-gate.ts';
import { policyDigestOf } from '../domain/policy-digest.ts';
import type { Prober } from './ports/prober.ts';
import { sharedProber } from './shared-prober.ts';

/** Every gate that this engine version has, in the order in which they are asked. */
export const gates: readonly Gate[] = [changeGate, contractGate, hallucinationGate, driftGate, governanceGate];

/** Judge when the verdicts of the others are known: they are evidence to these. */
const secondStage: readonly GateName[] = ['governance'];

export interface Judging {
  readonly snapshot: Snapshot;
  readonly prober: Prober;
  readonly requiredGates: readonly GateName[];
  /** The gates to ask; a test may put its own. */
  readonly gates?: readonly Gate[];
}

/** A decision, and what it was made of. */
export interface Judgement {
  readonly decision: Decision;
  readonly evidence: Evidence;
  readonly input: JudgedInput;
}

/**
 * Plans and probes until no gate asks anything new, then evaluates and decides.
 * Never throws for a gate or a probe: what broke is a finding that makes the decision inconclusive.
 */
export async function judge(judging: Judging): Promise<Judgement> {
  const { excessBytes } = judging.snapshot;
  return excessBytes === undefined ? await judgeWhole(judging) : judgeUnread(judging, excessBytes);
}

/** Whoever brings more than is read for one change could keep everybody else from being judged: no gate asks for any of it. */
function judgeUnread(judging: Judging, bytes: number): Judgement {
  const evidence = new Evidence();
  const excess = excessFinding(bytes);
  const verdicts = judging.requiredGates.map((gate) => verdictOf({ gate, applies: true, findings: [excess], evaluated: [], skipped: [], covered: [] }));
  return judgementOf(judging, verdicts, [], evidence);
}

async function judgeWhole(judging: Judging): Promise<Judgement> {
  const asked = (judging.gates ?? gates).filter((gate) => judging.requiredGates.includes(gate.name));
  const [first, second] = [asked.filter(({ name }) => !secondStage.includes(name)), asked.filter(({ name }) => secondStage.includes(name))];
  // What the others find is evidence to the second stage, whether or not they are asked for a verdict.
  const grounds = second.length === 0 ? first : (judging.gates ?? gates).filter(({ name }) => !secondStage.includes(name));
  const shared = { snapshot: judging.snapshot, prober: sharedProber(judging.prober) };
  // What rests on no verdict is answered while the others judge. They do not see it: when an answer comes decides nothing.
  const [ground, ahead] = await Promise.all([judgeStage(grounds, shared, new Evidence()), settle(second, shared, new Evidence())]);
  const known = ground.evidence.and(ahead.evidence).judgedBy(ground.judged.map(({ verdict }) => verdict));
  const { evidence, judged } = await judgeStage(second, shared, known);
  const asFirst = ground.judged.filter(({ verdict }) => first.some(({ name }) => name === verdict.gate));
  const expiries = [...ground.judged, ...judged].flatMap((one) => one.expiries);
  return judgementOf(judging, [...asFirst, ...judged].map(({ verdict }) => verdict), expiries, evidence);
}

interface JudgedStage {
  readonly evidence: Evidence;
  readonly judged: readonly Judged[];
}

/** A verdict, and the instants (ISO 8601) with which it may end. */
interface Judged {
  readonly verdict: Verdict;
  readonly expiries: readonly string[];
}

type Asking = Pick<Judging, 'snapshot' | 'prober'>;

async function judgeStage(asked: readonly Gate[], asking: Asking, before: Evidence): Promise<JudgedStage> {
  const settled = await settle(asked, asking, before);
  return { evidence: settled.evidence, judged: asked.map((gate) => evaluateSafely(gate, asking.snapshot, settled)) };
}

interface Settled {
  readonly evidence: Evidence;
  readonly unsettled: ReadonlySet<GateName>;
  /** What the plans of gates threw about this evidence. */
  readonly thrown: ReadonlyMap<GateName, unknown>;
}

async function settle(asked: readonly Gate[], { snapshot, prober }: Asking, before: Evidence): Promise<Settled> {
  let evidence = before;
  for (let round = 0; ; round += 1) {
    const { open, thrown } = openQuestions(asked, snapshot, evidence);
    const requests = [...open.values()].flat();
    if (requests.length === 0) return { evidence, unsettled: new Set(), thrown };
    if (round === limits.probeRounds) return { evidence, unsettled: new Set(open.keys()), thrown };
    evidence = await prober.answer(requests, evidence);
  }
}

interface OpenQuestions {
  readonly open: ReadonlyMap<GateName, readonly ProbeRequest[]>;
  readonly thrown: ReadonlyMap<GateName, unknown>;
}

/** What each gate still asks. A gate that throws asks nothing: its evaluation will say so. */
function openQuestions(asked: readonly Gate[], snapshot: Snapshot, evidence: Evidence): OpenQuestions {
  const open = new Map<GateName, readonly ProbeRequest[]>();
  const thrown = new Map<GateName, unknown>();
  for (const gate of asked) {
    try {
      const requests = gate.plan(snapshot, evidence).filter((request) => !evidence.has(request));
      if (requests.length > 0) open.set(gate.name, requests);
    } catch (cause) {
      thrown.set(gate.name, cause);
    }
  }
  return { open, thrown };
}

function evaluateSafely(gate: Gate, snapshot: Snapshot, { evidence, unsettled, thrown }: Settled): Judged {
  if (unsettled.has(gate.name)) return broken(gate.name, { code: 'engine/unsettled', ...unsettledText(gate.name) });
  if (thrown.has(gate.name)) return failed(gate.name, thrown.get(gate.name));
  try {
    return { verdict: gate.evaluate(snapshot, evidence), expiries: expiriesOf(gate, snapshot, evidence) };
  } catch (cause) {
    return failed(gate.name, cause);
  }
}

function failed(gate: GateName, cause: unknown): Judged {
  return broken(gate, {
    code: 'engine/failed',
    message: `The ${gate} gate broke: ${failureOf(cause, 'GATE_FAILED').message}. Nothing in your change caused this.`,
    next: 'Wait for the next attempt; if it stays, tell the operator of Plumbline.',
    subject: gate,
  });
}

function unsettledText(gate: GateName): Omit<FindingInput, 'code'> {
  return {
    message: `The ${gate} gate still asked for evidence after ${limits.probeRounds} rounds.`,
    expected: `no new question after ${limits.probeRounds} rounds`,
    next: 'Wait for the next attempt; if it stays, tell the operator of Plumbline.',
    subject: gate,
  };
}

function broken(gate: GateName, problem: FindingInput): Judged {
  return { verdict: verdictOf({ gate, applies: true, findings: [finding(problem)], evaluated: [], skipped: [], covered: [] }), expiries: [] };
}

/** @throws Error for an end that can not be read: nobody would judge again when it comes. */
function expiriesOf(gate: Gate, snapshot: Snapshot, evidence: Evidence): readonly string[] {
  const expiries = gate.expiries?.(snapshot, evidence) ?? [];
  const unread = expiries.find((instant) => Number.isNaN(Date.parse(instant)));
  if (unread !== undefined) throw new Error(`Cannot tell until when it passes: found ${quoted(unread)}, expected an instant`);
  return expiries;
}

function judgementOf(judging: Judging, verdicts: readonly Verdict[], expiries: readonly string[], evidence: Evidence): Judgement {
  const { snapshot, requiredGates } = judging;
  const input = writeJudgedInput({ snapshot, requiredGates, evidence });
  const findings = verdicts.flatMap((verdict) => verdict.findings);
  const { waivers, later } = waiversOf(snapshot, evidence);
  const decision = decide({
    requiredGates,
    verdicts,
    waivers,
    approvals: approvalsOf(findings, electorateOf({ snapshot, configuration: snapshot.configuration.effective, evidence }), snapshot),
    configuration: snapshot.configuration.effective,
    expiries: [...expiries, ...beginningsOf(later, findings)],
    now: snapshot.now,
    engine: snapshot.engine,
    mergeBase: snapshot.mergeBase,
    base: snapshot.base,
    head: snapshot.head,
    uncovered: uncoveredPaths(snapshot, verdicts),
    policyDigest: policyDigestOf(snapshot),
    inputDigest: input.root.digest,
  });
  return { decision, evidence, input };
}

/** What the base waives. Where governance was not asked nothing was read of it: a decision is only stricter without. */
function waiversOf(snapshot: Snapshot, evidence: Evidence): Pick<BaseWaivers, 'waivers' | 'later'> {
  const configuration = snapshot.configuration.effective;
  return configuration === null ? { waivers: [], later: [] } : baseWaivers({ snapshot, configuration, evidence });
}

function uncoveredPaths(snapshot: Snapshot, verdicts: readonly Verdict[]): readonly string[] {
  const covered = new Set(verdicts.flatMap((verdict) => verdict.covered));
  return changedFiles(snapshot)
    .map((file) => file.path)
    .filter((path) => !covered.has(path));
}

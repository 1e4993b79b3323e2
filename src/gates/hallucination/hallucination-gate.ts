import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { bodyScans } from '../../domain/body-scan.ts';
import { contributorsRequest } from '../../domain/approval/electorate.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import { leftRuns } from './claims/cited-runs.ts';
import { claimRequests } from './claims/verify-claim.ts';
import { confidenceRequests } from './agent-confidence.ts';
import { carrierRequests } from './evidence-carriers.ts';
import { existenceRequests } from './existence/check-existence.ts';
import { doubtAboutHands, groundingWorld, isLookedAt } from './grounding-world.ts';
import type { GroundingWorld } from './grounding-world.ts';
import { joinedVerification } from './joined-verification.ts';
import { policyFindings } from './policy-findings.ts';
import { policyQuestion } from './policy-question.ts';
import { agentUsage, usageRequests } from './usage/agent-usage.ts';
import { viewsOf } from './views.ts';
import { judgedByPart } from './judged-by-part.ts';
import type { JudgedByPart } from './judged-by-part.ts';

/**
 * Judges whether what an agent claims is grounded in the repository. That is computed and never declared: each citation is looked up,
 * what the change uses has to exist, and what an agent says about its own claims counts nothing.
 */
export const hallucinationGate: Gate = { name: 'hallucination', plan, evaluate, expiries };

function plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const worlds = worldsOf(snapshot, evidence);
  return [...scansOf(snapshot), ...worlds.flatMap(requestsOf)];
}

/** A text of a pull request is kept with the decision, whoever wrote it. */
function scansOf(snapshot: Snapshot): readonly ProbeRequest[] {
  return snapshot.configuration.effective === null ? [] : bodyScans(snapshot);
}

/** Of each change that is judged by its own evidence; of one that changes nothing, none. */
function worldsOf(snapshot: Snapshot, evidence: Evidence): readonly GroundingWorld[] {
  return viewsOf(snapshot).flatMap((view) => (view === null || changedFiles(view).length === 0 ? [] : (groundingWorld(view, evidence) ?? [])));
}

function requestsOf(world: GroundingWorld): readonly ProbeRequest[] {
  const { snapshot, evidence, documents } = world.change;
  const first = [contributorsRequest, ...carrierRequests(snapshot, world.settings, evidence), ...confidenceRequests(world)];
  if (!isLookedAt(world)) return first;
  const claims = documents.flatMap((document) => document.claims);
  const content = [...first, ...claims.flatMap((claim) => claimRequests(claim, world.change)), ...existenceRequests(world.change), ...usageRequests(world)];
  if (!content.every((request) => evidence.has(request))) return content;
  const judged = judgedByPart(world);
  return [...content, ...judged.questions, ...(judged.questions.every((request) => evidence.has(request)) ? questionRequests(judged) : [])];
}

/** The rules are asked once all is known: what they are asked is the record. */
function questionRequests({ world, record }: JudgedByPart): readonly ProbeRequest[] {
  const question = world.needsEvidence ? policyQuestion(world.change, record) : null;
  return question?.kind === 'asked' ? [question.request] : [];
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const configuration = snapshot.configuration.effective;
  if (configuration === null || groundingSettings(configuration) === null) return notApplying('the configuration names neither agents nor evidence');
  const unread = viewsOf(snapshot).includes(null) ? [unreadMember()] : [];
  const all = worldsOf(snapshot, evidence);
  const worlds = all.filter((world) => isLookedAt(world) || isDoubtful(world));
  if (worlds.length === 0 && unread.length === 0) return notApplying(changedFiles(snapshot).length === 0 ? 'nothing changes' : `no agent is known to have a hand in the change, and no evidence came with it${unasked(all)}`);
  const judged = worlds.map(judgedByPart);
  const policies = judged.map((one) => (one.world.needsEvidence ? policyFindings(one, policyQuestion(one.world.change, one.record)) : { findings: [], evaluated: [] }));
  const usages = worlds.map(agentUsage);
  const verification = joinedVerification(judged.filter(({ world }) => world.needsEvidence).map(({ record }) => record));
  return verdictOf({
    gate: 'hallucination',
    applies: true,
    findings: distinct([...unread, ...judged.flatMap((one, index) => [...one.findings, ...(policies[index]?.findings ?? [])].map((found) => boundTo(found, one, snapshot))), ...usages.flatMap(({ findings }) => findings)]),
    evaluated: [...policies.flatMap(({ evaluated }) => evaluated), { rule: 'the claims of agents', subjects: judged.reduce((sum, { claims }) => sum + claims.length, 0) }, ...judged.flatMap(({ existence }) => existence.evaluated), ...usages.flatMap(({ windows }) => (windows === 0 ? [] : [{ rule: 'quotas of agents', subjects: windows }]))],
    skipped: [...judged.flatMap(({ existence, world }) => [...existence.skipped, ...leftRuns(world.change)]), ...usages.flatMap(({ skipped }) => skipped)],
    covered: [...new Set(judged.flatMap(coveredBy))].toSorted(),
    ...(verification === null ? {} : { verification }),
  });
}

/** Where nobody was there to ask, that is said alone. */
function isDoubtful(world: GroundingWorld): boolean {
  const doubt = doubtAboutHands(world);
  return doubt !== null && doubt.kind !== 'unasked';
}

function unasked(worlds: readonly GroundingWorld[]): string {
  const [doubt] = worlds.flatMap((world) => doubtAboutHands(world) ?? []);
  return doubt === undefined ? '' : `: ${doubt.why}`;
}

/** A quota that is used up today may be free tomorrow. */
function expiries(snapshot: Snapshot, evidence: Evidence): readonly string[] {
  return worldsOf(snapshot, evidence).flatMap((world) => agentUsage(world).expiries);
}

/** Two pull requests of a group may bring one problem of one file. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [`${one.code} ${one.fingerprint} ${one.message}`, one])).values()];
}

function unreadMember(): Finding {
  return finding({ code: 'hallucination/unverifiable', subject: 'members', message: 'It could not be read whole what a pull request of this merge group changes. Nothing in your change caused this.', expected: 'all that each of them changes', next: 'Wait for the next attempt; if it stays, tell whoever runs Plumbline.' });
}

/**
 * Who lets pass what an agent claims has looked at these claims and no others. In a merge group a yes to one of its pull requests is one to what that
 * changes, as where it was given.
 */
function boundTo(one: Finding, { world, record }: JudgedByPart, { change }: Snapshot): Finding {
  if (one.severity !== 'hold') return one;
  const restsOn = change.members !== undefined && one.restsOn?.length === 0 ? { restsOn: changedFiles(world.change.snapshot).map(({ path }) => path) } : {};
  return Object.freeze({ ...one, ...restsOn, ...(record.evidence_digest === null ? {} : { evidence: record.evidence_digest }) });
}

function notApplying(why: string): Verdict {
  return verdictOf({ gate: 'hallucination', applies: false, findings: [], evaluated: [], skipped: [{ rule: 'hallucination/*', why }], covered: [] });
}

function coveredBy({ world, existence, claims }: JudgedByPart): readonly string[] {
  const told = new Set([...existence.covered, ...claims.flatMap(({ claim }) => claim.changes.map(({ path }) => path)), ...world.sent.documents.flatMap(({ carrier }) => carrier.path ?? [])]);
  return changedFiles(world.change.snapshot).map(({ path }) => path).filter((path) => told.has(path));
}

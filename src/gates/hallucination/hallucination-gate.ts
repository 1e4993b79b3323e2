import type { VerificationRecord } from '../../domain/agent-evidence/verification-record.ts';
import { contributorsRequest } from '../../domain/approval/electorate.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { verdictOf } from '../../domain/verdict.ts';
import type { Verdict } from '../../domain/verdict.ts';
import type { Gate } from '../gate.ts';
import { claimRequests } from './claims/verify-claim.ts';
import { carrierRequests } from './evidence-carriers.ts';
import { existenceRequests } from './existence/check-existence.ts';
import { groundingWorld, isLookedAt } from './grounding-world.ts';
import { policyFindings } from './policy-findings.ts';
import { policyQuestion } from './policy-question.ts';
import { judgedByPart } from './judged-by-part.ts';
import type { JudgedByPart } from './judged-by-part.ts';

/**
 * Judges whether what an agent claims is grounded in the repository. That is computed and never declared: each citation is looked up,
 * what the change uses has to exist, and what an agent says about its own claims counts nothing.
 */
export const hallucinationGate: Gate = { name: 'hallucination', plan, evaluate };

function plan(snapshot: Snapshot, evidence: Evidence): readonly ProbeRequest[] {
  const world = groundingWorld(snapshot, evidence);
  if (world === null || changedFiles(snapshot).length === 0) return [];
  const first = [contributorsRequest, ...carrierRequests(snapshot, world.settings)];
  if (!isLookedAt(world)) return first;
  const claims = world.change.documents.flatMap((document) => document.claims);
  const content = [...first, ...claims.flatMap((claim) => claimRequests(claim, world.change)), ...existenceRequests(world.change)];
  return content.every((request) => evidence.has(request)) ? [...content, ...questionRequests(judgedByPart(world))] : content;
}

/** The rules are asked once all is known: what they are asked is the record. */
function questionRequests({ world, record }: JudgedByPart): readonly ProbeRequest[] {
  const question = world.needsEvidence ? policyQuestion(world.change, record) : null;
  return question?.kind === 'asked' ? [question.request] : [];
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const world = groundingWorld(snapshot, evidence);
  if (world === null) return notApplying('the configuration says nothing of `hallucination`');
  if (changedFiles(snapshot).length === 0) return notApplying('nothing changes');
  if (world.hands.kind === 'known' && !isLookedAt(world)) return notApplying('no agent is known to have a hand in the change, and no evidence came with it');
  const judged = judgedByPart(world);
  const { existence, claims, record } = judged;
  const policies = world.needsEvidence ? policyFindings(judged, policyQuestion(world.change, record)) : { findings: [], evaluated: [] };
  return verdictOf({
    gate: 'hallucination',
    applies: true,
    findings: [...judged.findings, ...policies.findings].map((one) => boundTo(one, record)),
    evaluated: [...policies.evaluated, { rule: 'the claims of agents', subjects: claims.length }, ...existence.evaluated],
    skipped: existence.skipped,
    covered: coveredBy(judged),
    ...(world.needsEvidence ? { verification: record } : {}),
  });
}

/** Who lets pass what an agent claims has looked at these claims and no others. */
function boundTo(one: Finding, { evidence_digest: digest }: VerificationRecord): Finding {
  return one.severity === 'hold' && digest !== null ? Object.freeze({ ...one, evidence: digest }) : one;
}

function notApplying(why: string): Verdict {
  return verdictOf({ gate: 'hallucination', applies: false, findings: [], evaluated: [], skipped: [{ rule: 'hallucination/*', why }], covered: [] });
}

function coveredBy({ world, existence, claims }: JudgedByPart): readonly string[] {
  const told = new Set([...existence.covered, ...claims.flatMap(({ claim }) => claim.changes.map(({ path }) => path)), ...world.sent.documents.flatMap(({ carrier }) => carrier.path ?? [])]);
  return changedFiles(world.change.snapshot).map(({ path }) => path).filter((path) => told.has(path));
}

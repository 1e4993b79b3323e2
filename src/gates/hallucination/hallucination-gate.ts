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
import { claimFindings } from './claim-findings.ts';
import { claimRequests } from './claims/verify-claim.ts';
import { carrierRequests } from './evidence-carriers.ts';
import { evidenceFindings } from './evidence-findings.ts';
import { checkExistence, existenceRequests } from './existence/check-existence.ts';
import { groundingWorld, isLookedAt } from './grounding-world.ts';
import type { GroundingWorld } from './grounding-world.ts';
import { judgedClaims } from './judged-claims.ts';
import { verificationOf } from './verification-of.ts';
import type { Grounded } from './verification-of.ts';

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
  return [...first, ...claims.flatMap((claim) => claimRequests(claim, world.change)), ...existenceRequests(world.change)];
}

function evaluate(snapshot: Snapshot, evidence: Evidence): Verdict {
  const world = groundingWorld(snapshot, evidence);
  if (world === null) return notApplying('the configuration says nothing of `hallucination`');
  if (changedFiles(snapshot).length === 0) return notApplying('nothing changes');
  if (world.hands.kind === 'known' && !isLookedAt(world)) return notApplying('no agent is known to have a hand in the change, and no evidence came with it');
  const grounded = groundedBy(world);
  const { existence, claims } = grounded;
  const findings = [...grounded.findings, ...(world.needsEvidence ? confidenceFinding(grounded) : [])];
  return verdictOf({
    gate: 'hallucination',
    applies: true,
    findings,
    evaluated: [{ rule: 'the claims of agents', subjects: claims.length }, ...existence.evaluated],
    skipped: existence.skipped,
    covered: coveredBy(grounded),
  });
}

function notApplying(why: string): Verdict {
  return verdictOf({ gate: 'hallucination', applies: false, findings: [], evaluated: [], skipped: [{ rule: 'hallucination/*', why }], covered: [] });
}

function groundedBy(world: GroundingWorld): Grounded {
  const existence = checkExistence(world.change);
  const claims = judgedClaims(world.change, existence);
  return { world, existence, claims, findings: [...evidenceFindings(world), ...claims.flatMap(claimFindings), ...existence.findings] };
}

function confidenceFinding(grounded: Grounded): readonly Finding[] {
  const { verified_by_rag: isVerified, confidence, reasons } = verificationOf(grounded);
  const { minConfidence } = grounded.world.settings;
  if (isVerified || confidence.calibrated >= minConfidence) return [];
  return [
    finding({
      code: 'hallucination/confidence_low',
      subject: 'confidence',
      message: `The claims about this change are not verified: ${reasons[0] ?? ''}. The agent's confidence counts as ${confidence.calibrated.toFixed(2)}. It is held: a person may release it.`,
      expected: `claims that are verified, or a confidence of at least ${minConfidence}`,
      found: `${confidence.calibrated.toFixed(2)} of ${confidence.n_labels} labels`,
      next: 'Ask the approvers of tier 2 to look at it, or verify every critical claim.',
    }),
  ];
}

function coveredBy({ world, existence, claims }: Grounded): readonly string[] {
  const told = new Set([...existence.covered, ...claims.flatMap(({ claim }) => claim.changes.map(({ path }) => path)), ...world.sent.documents.flatMap(({ carrier }) => carrier.path ?? [])]);
  return changedFiles(world.change.snapshot).map(({ path }) => path).filter((path) => told.has(path));
}

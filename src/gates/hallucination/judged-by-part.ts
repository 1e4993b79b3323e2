import type { RecordedClaim, VerificationCategory, VerificationRecord } from '../../domain/agent-evidence/verification-record.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import { policyDigestOf } from '../../domain/policy-digest.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { confidenceOf } from './agent-confidence.ts';
import { claimFindings } from './claim-findings.ts';
import { evidenceFindings } from './evidence-findings.ts';
import { checkExistence } from './existence/check-existence.ts';
import type { Existence } from './existence/check-existence.ts';
import { isLookedAt } from './grounding-world.ts';
import type { GroundingWorld } from './grounding-world.ts';
import { judgedClaims } from './judged-claims.ts';
import type { JudgedClaim, JudgedClaims } from './judged-claims.ts';

/** What was made of a change by the parts of the gate. */
interface Grounded {
  readonly world: GroundingWorld;
  readonly existence: Existence;
  readonly claims: readonly JudgedClaim[];
  /** Of an outside judge. */
  readonly questions: JudgedClaims['questions'];
  /** Of the documents, the claims and what exists. */
  readonly findings: readonly Finding[];
}

/** With the record of what was verified, for policies. */
export interface JudgedByPart extends Grounded {
  readonly record: VerificationRecord;
}

/** The plan of a round and the judgement may look at one evidence: it is put together once. */
export function judgedByPart(world: GroundingWorld): JudgedByPart {
  const { evidence, snapshot } = world.change;
  const known = remembered.get(evidence) ?? new WeakMap<Snapshot, JudgedByPart>();
  const judged = known.get(snapshot) ?? judgeParts(world);
  remembered.set(evidence, known.set(snapshot, judged));
  return judged;
}

const remembered = new WeakMap<Evidence, WeakMap<Snapshot, JudgedByPart>>();

function judgeParts(world: GroundingWorld): JudgedByPart {
  const existence = isLookedAt(world) ? checkExistence(world.change) : notLookedAt;
  const { claims, questions } = judgedClaims(world.change, existence);
  const grounded = { world, existence, claims, questions, findings: [...evidenceFindings(world), ...claims.flatMap((claim) => claimFindings(claim, world)), ...existence.findings] };
  return { ...grounded, record: verificationOf(grounded) };
}

/** Where it is not known whether an agent has a hand in it nothing was asked. */
const notLookedAt: Existence = { findings: [], references: { missing: [], undeclared: [], typosquat_hints: [] }, checks: new Map(), evaluated: [], skipped: [], covered: [] };

function verificationOf(grounded: Grounded): VerificationRecord {
  const { world, existence, claims } = grounded;
  const { snapshot, documents } = world.change;
  const changed = claimableFiles(world);
  const covered = coveredFiles(grounded, changed);
  const reasons = reasonsOf(grounded, changed.filter((path) => !covered.has(path)));
  const score = documents.length === 0 ? 0 : Math.min(...documents.map(({ confidence }) => confidence?.score ?? 0));
  return {
    evidence_digest: world.sent.digest,
    verifier: { id: 'plumbline', version: snapshot.engine, config_digest: policyDigestOf(snapshot) },
    checked: { merge_base_sha: snapshot.mergeBase, base_sha: snapshot.base, head_sha: snapshot.head },
    time_created: snapshot.now,
    claims: claims.map(recordedClaim),
    references: existence.references,
    coverage: { claims_cited: claims.filter(({ claim }) => claim.citations.length > 0).length, changed_files_covered: covered.size, changed_files: changed.length },
    confidence: confidenceOf(world, score),
    verified_by_rag: reasons.length === 0,
    reasons,
    category: categoryOf(grounded),
  };
}

function recordedClaim({ claim: { id, kind, text, critical }, verdict, verified, checks, support }: JudgedClaim): RecordedClaim {
  return {
    id,
    kind,
    text,
    critical,
    verdict,
    checks: [...verified.citations.flatMap((one) => one.checks.map((check) => ({ ...check, citation: one.citation.id }))), ...checks],
    citations: verified.citations.map((one) => ({ id: one.citation.id, verdict: one.verdict, role: one.citation.role, path: one.citation.path, found: one.found, ...(one.run === undefined ? {} : { run: one.run }) })),
    support,
  };
}

/** Changed paths that a claim has to be about: all but the evidence itself. */
function claimableFiles({ change, settings }: GroundingWorld): readonly string[] {
  const globs = settings.evidence.map(compileGlob);
  return changedFiles(change.snapshot).map(({ path }) => path).filter((path) => !globs.some((glob) => glob.matches(path)));
}

function coveredFiles({ claims }: Grounded, changed: readonly string[]): ReadonlySet<string> {
  const claimed = new Set(claims.flatMap(({ claim }) => claim.changes.map(({ path }) => path)));
  return new Set(changed.filter((path) => claimed.has(path)));
}

function reasonsOf({ world, claims, findings }: Grounded, uncovered: readonly string[]): readonly string[] {
  const { documents } = world.sent;
  const [absent, unknown] = [findings.filter(isHardFailure).length, findings.filter(({ severity }) => severity === 'unknown').length];
  const critical = claims.filter(({ claim }) => claim.critical);
  return [
    ...(documents.length === 0 ? ['there is no evidence'] : []),
    ...documents.flatMap(({ kind }) => (kind === 'bound' ? [] : [`a document is ${kind}`])),
    ...(documents.length > 0 && critical.length === 0 ? ['no claim is critical'] : []),
    ...critical.flatMap(({ claim, verdict }) => (verdict === 'verified' || verdict === 'moved' ? [] : [`the critical claim ${claim.id} is ${verdict}`])),
    ...critical.flatMap((one) => (one.support === null ? [unscored(one)] : [])),
    ...claims.flatMap(({ claim, support }) => (!claim.critical && support !== null && !(support.number_ok && support.name_ok) ? [`the claim ${claim.id} says what nothing that it cites does`] : [])),
    ...(absent > 0 ? [`${absent} of what is claimed or used is not there`] : []),
    ...(unknown > 0 ? [`${unknown} could not be checked`] : []),
    ...uncovered.slice(0, 20).map((path) => `no claim is about ${path}`),
    ...(uncovered.length > 20 ? [`no claim is about ${uncovered.length - 20} more files`] : []),
  ];
}

function unscored({ claim, verdict }: JudgedClaim): string {
  return verdict === 'verified' ? `the critical claim ${claim.id} rests on a check run and quotes nothing` : `nobody scored how far what it cites carries the claim ${claim.id}`;
}

function categoryOf({ claims, findings }: Grounded): VerificationCategory | null {
  if (claims.some(({ verdict }) => verdict === 'contradicted')) return 'contradiction';
  if (findings.some(isHardFailure)) return 'fabricated_reference';
  return claims.some(({ verdict }) => verdict === 'unsupported') ? 'unsupported_addition' : null;
}

/** What is claimed or used is not there, or is contradicted. A document that can not be read at all says neither. */
function isHardFailure({ severity, code }: Finding): boolean {
  return severity === 'deny' && code !== 'hallucination/evidence_invalid';
}

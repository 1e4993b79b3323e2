import type { CheckRunAnswer } from '../../src/domain/agent-evidence/check-run-answer.ts';
import type { DriftState } from '../../src/domain/behavior/drift-state.ts';
import type { SourceReading } from '../../src/domain/behavior/source-reading.ts';
import type { CalibrationLabels } from '../../src/domain/calibration/calibration-labels.ts';
import type { Comparison } from '../../src/domain/compatibility/comparison.ts';
import { Evidence } from '../../src/domain/evidence.ts';
import type { Answer, FileContent, PackageAnswer, PinnedContent, PoliciesAnswer, ProbeAnswers, ProtectionAnswer, SecretsAnswer, SignatureAnswer, ValidationAnswer } from '../../src/domain/probe-answer.ts';
import type { ProbeKind, ProbeRequest, RequestOf } from '../../src/domain/probe-request.ts';
import type { JudgementAnswer } from '../../src/domain/support/judgement.ts';
import type { ImportsAnswer } from '../../src/domain/module/imports-answer.ts';
import { limits } from '../../src/domain/limits.ts';
import type { Contributors } from '../../src/domain/people/contributor.ts';
import type { MembershipAnswer } from '../../src/domain/people/membership.ts';
import type { Vote } from '../../src/domain/people/vote.ts';
import type { RecordState, Release } from '../../src/domain/release.ts';
import type { ReleaseElsewhere, ReleasesOfId, UnknownBranch } from '../../src/domain/releases-of-id.ts';
import { schemaPlace } from '../../src/domain/schema/schema-place.ts';
import type { SchemaVersion } from '../../src/domain/schema/schema-version.ts';
import type { PublicKey } from '../../src/domain/signature/public-key.ts';
import { countedUsage } from '../../src/domain/usage/counted-usage.ts';
import { usageAnswer } from '../../src/domain/usage/usage-answer.ts';
import type { UsageAnswer } from '../../src/domain/usage/usage-answer.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Gate } from '../../src/gates/gate.ts';
import { builtinAnswer } from './builtin-answer.ts';
import { blobOf, bytesOf } from './content.ts';
import type { Content } from './content.ts';

/** What the edge would find. A blob that is not among the contents is unavailable. */
export interface World {
  readonly contents?: readonly Content[];
  readonly releases?: readonly Release[];
  /** Of `releases` those that are not certain. */
  readonly unsure?: readonly Release[];
  /** Other contents of what was released, where it is not known which was. */
  readonly rivals?: readonly Release[];
  /** What other entries may have released: it is not known. */
  readonly possible?: readonly Release[];
  /** Other governed branches whose record is not whole. */
  readonly unknown?: readonly UnknownBranch[];
  readonly schemaVersions?: readonly SchemaVersion[];
  /** Left out: complete. */
  readonly record?: RecordState;
  /** Left out: everything is valid. */
  readonly validate?: (request: RequestOf<'validation'>) => ValidationAnswer;
  /** Left out: everything is compatible. */
  readonly compare?: (request: RequestOf<'comparison'>) => Comparison;
  /** Left out: no signature verifies. */
  readonly verify?: (request: RequestOf<'signature'>) => SignatureAnswer;
  /** Left out: none. */
  readonly operatorKeys?: readonly PublicKey[];
  /** Verdicts of the gates that judged before. Left out: none, and nothing found. */
  readonly verdicts?: readonly Verdict[];
  /** Left out: `author`, a human. */
  readonly contributors?: Contributors;
  /** Left out: none. */
  readonly votes?: readonly Vote[];
  /** Logins by group. Left out: nobody belongs anywhere. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  /** Teams that GitHub does not show. Left out: none. */
  readonly unseenTeams?: readonly string[];
  /** Logins that no account has. Left out: none. */
  readonly gone?: readonly string[];
  /** Left out: no text has a secret. */
  readonly secrets?: (request: RequestOf<'secrets'>) => SecretsAnswer;
  /** Left out: every source is silent. */
  readonly readings?: (request: RequestOf<'behavior-reading'>) => SourceReading;
  /** By name of the behaviour. Left out: nothing was scanned. */
  readonly states?: Readonly<Record<string, DriftState>>;
  /** Files of the base that no snapshot lists, by path. Left out: none. */
  readonly unlisted?: Readonly<Record<string, Content>>;
  /** Paths of the base at which a link stands that no snapshot lists. Left out: none. */
  readonly links?: readonly string[];
  /** Left out: every commit is protected. */
  readonly protection?: (request: RequestOf<'commit-protected'>) => ProtectionAnswer;
  /** Left out: there is none. */
  readonly runs?: (request: RequestOf<'check-run'>) => CheckRunAnswer;
  /** Left out: no registry has any. */
  readonly packages?: (request: RequestOf<'package'>) => PackageAnswer;
  /** Left out: all lead somewhere. */
  readonly imports?: (request: RequestOf<'imports'>) => ImportsAnswer;
  /** What became of the changes of agents. Left out: nothing is known. */
  readonly labels?: (request: RequestOf<'calibration'>) => CalibrationLabels;
  /** Left out: nothing is used up. */
  readonly usage?: (request: RequestOf<'usage-window'>) => UsageAnswer;
  /** Left out: no outside judge is set. */
  readonly judgements?: (request: RequestOf<'claim-judgement'>) => JudgementAnswer;
  /** Left out: nothing may be fetched. */
  readonly pinned?: (request: RequestOf<'pinned-bundle'>) => PinnedContent;
  /** Left out: what the rules say that ship with Plumbline; nothing for others. */
  readonly policies?: (request: RequestOf<'policies'>) => PoliciesAnswer;
  /** Requests that meet machine or network trouble. */
  readonly unavailable?: (request: ProbeRequest) => boolean;
}

/** Answers to the requests, as a prober would give them. */
export function evidenceOf(requests: readonly ProbeRequest[], world: World, before = new Evidence()): Evidence {
  const blobs = new Map((world.contents ?? []).map((content) => [blobOf(content), bytesOf(content)]));
  const isLost = (request: ProbeRequest): boolean => world.unavailable?.(request) === true;
  return before
    .with('blob', ofKind(requests, 'blob').map((request) => [request, isLost(request) ? trouble() : blobAnswer(request, blobs)]))
    .with('releases', ofKind(requests, 'releases').map((request) => [request, answered<'releases'>(releasesOfId(world, request), isLost(request))]))
    .with('paths', ofKind(requests, 'paths').map((request) => [request, answered<'paths'>(releasesOf(world, request.entry, 'path', request.path), isLost(request))]))
    .with('schema-versions', ofKind(requests, 'schema-versions').map((request) => [request, answered<'schema-versions'>(schemaVersionsOf(world, request), isLost(request))]))
    .with('record', ofKind(requests, 'record').map((request) => [request, answered<'record'>(world.record ?? { kind: 'complete', upTo: 'b'.repeat(40) }, isLost(request))]))
    .with('validation', ofKind(requests, 'validation').map((request) => [request, answered<'validation'>(world.validate?.(request) ?? { kind: 'valid' }, isLost(request))]))
    .with('comparison', ofKind(requests, 'comparison').map((request) => [request, answered<'comparison'>(world.compare?.(request) ?? compatible, isLost(request))]))
    .with('signature', ofKind(requests, 'signature').map((request) => [request, answered<'signature'>(world.verify?.(request) ?? { kind: 'refused' }, isLost(request))]))
    .with('organization-blob', ofKind(requests, 'organization-blob').map((request) => [request, isLost(request) ? trouble() : blobAnswer(request, blobs)]))
    .with('operator-keys', ofKind(requests, 'operator-keys').map((request) => [request, answered<'operator-keys'>(world.operatorKeys ?? [], isLost(request))]))
    .with('contributors', ofKind(requests, 'contributors').map((request) => [request, answered<'contributors'>(world.contributors ?? byAuthor, isLost(request))]))
    .with('votes', ofKind(requests, 'votes').map((request) => [request, answered<'votes'>(world.votes ?? [], isLost(request))]))
    .with('membership', ofKind(requests, 'membership').map((request) => [request, answered<'membership'>(membershipOf(world, request), isLost(request))]))
    .with('secrets', ofKind(requests, 'secrets').map((request) => [request, answered<'secrets'>(world.secrets?.(request) ?? { kind: 'scanned', secrets: [] }, isLost(request))]))
    .with('behavior-reading', ofKind(requests, 'behavior-reading').map((request) => [request, answered<'behavior-reading'>(world.readings?.(request) ?? { kind: 'no-signal', why: 'nobody answers' }, isLost(request))]))
    .with('drift-state', ofKind(requests, 'drift-state').map((request) => [request, answered<'drift-state'>(world.states?.[request.behavior] ?? null, isLost(request))]))
    .with('file-at', ofKind(requests, 'file-at').map((request) => [request, answered<'file-at'>(fileAt(world, request), isLost(request))]))
    .with('commit-protected', ofKind(requests, 'commit-protected').map((request) => [request, answered<'commit-protected'>(world.protection?.(request) ?? 'protected', isLost(request))]))
    .with('check-run', ofKind(requests, 'check-run').map((request) => [request, answered<'check-run'>(world.runs?.(request) ?? { kind: 'absent' }, isLost(request))]))
    .with('package', ofKind(requests, 'package').map((request) => [request, answered<'package'>(world.packages?.(request) ?? { kind: 'missing', what: 'package' }, isLost(request))]))
    .with('imports', ofKind(requests, 'imports').map((request) => [request, answered<'imports'>(world.imports?.(request) ?? { kind: 'looked', modules: 0, broken: [], untold: [], unlooked: null, own: [] }, isLost(request))]))
    .with('calibration', ofKind(requests, 'calibration').map((request) => [request, answered<'calibration'>(world.labels?.(request) ?? { scores: [], repository: { labels: 0, good: 0 } }, isLost(request))]))
    .with('usage-window', ofKind(requests, 'usage-window').map((request) => [request, answered<'usage-window'>(world.usage?.(request) ?? usageAnswer(countedUsage([], request.scope, { repositoryId: 0, agent: request.agent }), false), isLost(request))]))
    .with('claim-judgement', ofKind(requests, 'claim-judgement').map((request) => [request, answered<'claim-judgement'>(world.judgements?.(request) ?? { kind: 'none' }, isLost(request))]))
    .with('pinned-bundle', ofKind(requests, 'pinned-bundle').map((request) => [request, answered<'pinned-bundle'>(world.pinned?.(request) ?? { kind: 'refused', why: 'the test pins nothing' }, isLost(request))]))
    .with('policies', ofKind(requests, 'policies').map((request) => [request, answered<'policies'>(world.policies?.(request) ?? builtinAnswer(request), isLost(request))]));
}

const byAuthor: Contributors = { people: [{ login: 'author', id: 1, kind: 'human', via: ['author'] }], unknown: null };

const compatible: Comparison = { answer: 'compatible', differences: [], doubts: [], witness: null, accepted: [] };

/** Asks a gate what it wants to know until it asks nothing new. */
export function collectEvidence(gate: Gate, snapshot: Snapshot, world: World): Evidence {
  return answersTo((evidence) => gate.plan(snapshot, evidence), world, new Evidence().judgedBy(world.verdicts ?? []));
}

/** Answers what a plan asks until it asks nothing new. Throws when that takes more rounds than there are. */
export function answersTo(plan: (evidence: Evidence) => readonly ProbeRequest[], world: World, before = new Evidence()): Evidence {
  let evidence = before;
  for (let round = 0; ; round += 1) {
    const requests = plan(evidence).filter((request) => !evidence.has(request));
    if (requests.length === 0) return evidence;
    if (round === limits.probeRounds) throw new Error(`there are still questions after ${limits.probeRounds} rounds`);
    evidence = evidenceOf(requests, world, evidence);
  }
}

/** The gate's verdict in this world. */
export function judgeWith(gate: Gate, snapshot: Snapshot, world: World = {}): Verdict {
  return gate.evaluate(snapshot, collectEvidence(gate, snapshot, world));
}

function ofKind<Kind extends ProbeKind>(requests: readonly ProbeRequest[], kind: Kind): readonly RequestOf<Kind>[] {
  return requests.filter((request): request is RequestOf<Kind> => request.kind === kind);
}

function releasesOf(world: World, entry: string, by: 'contractId' | 'path', value: string): readonly Release[] {
  return (world.releases ?? []).filter((one) => one.entry === entry && one[by] === value);
}

function releasesOfId(world: World, { entry, contractId }: RequestOf<'releases'>): ReleasesOfId {
  const ofId = (releases: readonly Release[] = []) => releases.filter((one) => one.contractId === contractId);
  return { own: releasesOf(world, entry, 'contractId', contractId), unsure: ofId(world.unsure).map(({ version }) => version), rivals: ofId(world.rivals), elsewhere: ofId(world.releases?.filter((one) => one.entry !== entry)).map(onlyContent), possible: ofId(world.possible).map(onlyContent), unknown: world.unknown ?? [] };
}

function onlyContent({ entry, version, contentHash, path, commit }: Release): ReleaseElsewhere {
  return { entry, version, contentHash, path, commit };
}

function schemaVersionsOf(world: World, { entry, family }: RequestOf<'schema-versions'>): readonly SchemaVersion[] {
  return (world.schemaVersions ?? []).filter((one) => one.entry === entry && schemaPlace(one.path).family === family);
}

function membershipOf(world: World, request: RequestOf<'membership'>): MembershipAnswer {
  if (world.gone?.includes(request.login) === true) return { kind: 'gone' };
  return { kind: 'told', login: request.login, isIn: world.unseenTeams?.includes(request.group) === true ? null : isIn(world, request) };
}

/** Who is named by login is who is called so. */
function isIn({ groups }: World, { group, login }: RequestOf<'membership'>): boolean {
  return group.startsWith('user:') ? group.toLowerCase() === `user:${login.toLowerCase()}` : (groups?.[group]?.includes(login) ?? false);
}

function fileAt(world: World, { path }: RequestOf<'file-at'>): FileContent {
  if (world.links?.includes(path) === true) return { kind: 'no-file', isLink: true };
  const content = world.unlisted?.[path];
  return content === undefined ? { kind: 'no-file' } : { kind: 'bytes', bytes: bytesOf(content) };
}

function blobAnswer(request: Pick<RequestOf<'blob'>, 'blob'>, blobs: ReadonlyMap<string, Uint8Array>): Answer<'blob'> {
  const bytes = blobs.get(request.blob);
  if (bytes === undefined) return trouble();
  return bytes.byteLength > limits.fileBytes ? answered<'blob'>({ kind: 'too-large', size: bytes.byteLength }, false) : answered<'blob'>({ kind: 'bytes', bytes }, false);
}

function answered<Kind extends ProbeKind>(value: ProbeAnswers[Kind], unavailable: boolean): Answer<Kind> {
  return unavailable ? trouble() : { kind: 'answered', value };
}

function trouble(): { readonly kind: 'unavailable'; readonly why: string } {
  return { kind: 'unavailable', why: 'the test says so' };
}

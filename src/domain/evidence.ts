import type { BehaviorQuestion } from './behavior/behavior-question.ts';
import type { DriftState } from './behavior/drift-state.ts';
import type { SourceReading } from './behavior/source-reading.ts';
import type { Comparison, Preset, SchemaMode } from './compatibility/comparison.ts';
import { digestOfBytes } from './digest.ts';
import type { Digest } from './digest.ts';
import type { JsonObject, JsonValue } from './json-value.ts';
import { foldedLogin } from './people/contributor.ts';
import type { Contributors } from './people/contributor.ts';
import type { Group } from './people/group.ts';
import type { Vote } from './people/vote.ts';
import type { PolicyFile } from './policy/policy-file.ts';
import type { SignedBundle } from './policy/signed-bundle.ts';
import type { PolicyReport } from './policy/policy-report.ts';
import type { RuleMetadata } from './policy/rule-metadata.ts';
import type { Release, RecordAnswer } from './release.ts';
import type { ReleasesOfId } from './releases-of-id.ts';
import type { SchemaVersion } from './schema/schema-version.ts';
import type { PublicKey } from './signature/public-key.ts';
import type { DetachedSignature } from './signature/read-signature.ts';
import type { Sha } from './tree.ts';
import type { Verdict } from './verdict.ts';

/** A schema to validate with: one that ships with Plumbline, or text read from the repository. */
export type SchemaSource =
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'document'; readonly blob: Sha; readonly value: JsonValue };

/** Two versions of a schema. Both may be hostile: they are compared in isolation. */
export interface SchemasToCompare {
  readonly older: { readonly blob: Sha; readonly value: JsonValue };
  readonly newer: { readonly blob: Sha; readonly value: JsonValue };
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

/** One question to the edge. Two requests with one key are the same question. */
export type ProbeRequest =
  | { readonly kind: 'blob'; readonly blob: Sha; readonly size: number | null }
  | { readonly kind: 'releases'; readonly entry: string; readonly contractId: string }
  | { readonly kind: 'paths'; readonly entry: string; readonly path: string }
  | { readonly kind: 'schema-versions'; readonly entry: string; readonly family: string }
  | { readonly kind: 'record'; readonly entry: string }
  | { readonly kind: 'validation'; readonly schema: SchemaSource; readonly blob: Sha; readonly value: JsonValue }
  | ({ readonly kind: 'comparison' } & SchemasToCompare)
  /** `keys`: those whose id and kind fit, of which one must have made it. `contentHash` stands for the content. */
  | { readonly kind: 'signature'; readonly signature: DetachedSignature; readonly content: JsonValue; readonly contentHash: Digest; readonly keys: readonly PublicKey[] }
  /** A file of the organisation's repository. */
  | { readonly kind: 'organization-blob'; readonly blob: Sha; readonly size: number | null }
  /** The keys that whoever runs Plumbline set, beside those of the repository. */
  | { readonly kind: 'operator-keys' }
  /** Whose hand is in the change. */
  | { readonly kind: 'contributors' }
  /** What people said about the change and did not take back, of every pull request that it stands for. */
  | { readonly kind: 'votes' }
  /** Whether a person belongs to a group now. */
  | { readonly kind: 'membership'; readonly login: string; readonly group: Group }
  /** What looks like a secret in a text. `blob` stands for the text. */
  | { readonly kind: 'secrets'; readonly blob: Sha; readonly path: string; readonly text: string }
  /** What the source of a behaviour answers now. `path` and `blob` stand for the behaviour. */
  | ({ readonly kind: 'behavior-reading'; readonly path: string; readonly blob: Sha } & BehaviorQuestion)
  /** What the last scan made of a behaviour of the default branch. */
  | { readonly kind: 'drift-state'; readonly behavior: string }
  /** What stands at a path of a commit of the repository. */
  | { readonly kind: 'file-at'; readonly commit: Sha; readonly path: string }
  /** What stands at an address, pinned. */
  | { readonly kind: 'pinned-bundle'; readonly url: string; readonly digest: Digest }
  /** What policies say. */
  | { readonly kind: 'policies'; readonly policies: PolicySource; readonly input: JsonObject & { readonly version: number }; readonly subjects: readonly string[] };

/** Rego, a ready bundle with the keys of which one has to have signed it, or null: what ships with Plumbline. */
export type PolicySource = readonly PolicyFile[] | SignedBundle | null;

/** Bytes of a blob, or why there are none. `too-large`: over the limit, not read. */
export type BlobContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large'; readonly size: number };

/** `no-file`: nothing, or something else than a plain file. */
export type FileContent = BlobContent | { readonly kind: 'no-file' };

/** `refused`: it may not be fetched, or is not what was pinned; asking again would not change that by itself. */
export type PinnedContent = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'refused'; readonly why: string };

export interface SchemaViolation {
  /** JSON pointer into the document. */
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

/**
 * `unusable`: the schema itself does not compile, or refers outside. `undecided`: not to be told within the limits of
 * time, memory and size, and asking again would not change that.
 */
export type ValidationAnswer =
  | { readonly kind: 'valid' }
  | { readonly kind: 'violations'; readonly violations: readonly SchemaViolation[] }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'undecided'; readonly why: string };

/** `verified`: with the digest of the key that made it. `unusable`: no key of these can verify anything. */
export type SignatureAnswer =
  | { readonly kind: 'verified'; readonly key: Digest }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unusable'; readonly why: string };

/** A place in a text that has the form of a secret. The secret itself is not told. */
export interface SecretPlace {
  /** What kind of secret, as the library that found it names it. */
  readonly rule: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Of the found text: tells whether it stood there before. */
  readonly digest: Digest;
}

/** `undecided`: not to be told within the limits, and asking again would not change that. */
export type SecretsAnswer = { readonly kind: 'scanned'; readonly secrets: readonly SecretPlace[] } | { readonly kind: 'undecided'; readonly why: string };

/**
 * `refused`: the policies do not compile, or the bundle can not be used. `silent`: no total report, and asking again would not change that;
 * `timed-out`: no answer within the limits.
 */
export type PoliciesAnswer =
  /** `metadata` of rules that have some; left out: none has. */
  | { readonly kind: 'report'; readonly report: PolicyReport; readonly metadata?: readonly RuleMetadata[] }
  | { readonly kind: 'refused' | 'silent' | 'timed-out'; readonly why: string };

export interface ProbeAnswers {
  readonly blob: BlobContent;
  readonly 'organization-blob': BlobContent;
  readonly releases: ReleasesOfId;
  /** Releases that were recorded at this path, whatever their id. */
  readonly paths: readonly Release[];
  /** Versions of the schemas at every path of a family, in the order of their recording. */
  readonly 'schema-versions': readonly SchemaVersion[];
  readonly record: RecordAnswer;
  readonly validation: ValidationAnswer;
  readonly comparison: Comparison;
  readonly signature: SignatureAnswer;
  readonly 'operator-keys': readonly PublicKey[];
  readonly contributors: Contributors;
  readonly votes: readonly Vote[];
  /** Null of a team that GitHub does not show: nobody is known to be outside of it, and asking again would not change that. */
  readonly membership: boolean | null;
  readonly secrets: SecretsAnswer;
  readonly 'behavior-reading': SourceReading;
  /** Null: it was not scanned yet. */
  readonly 'drift-state': DriftState | null;
  readonly 'file-at': FileContent;
  readonly 'pinned-bundle': PinnedContent;
  readonly policies: PoliciesAnswer;
}

export type Answer<Kind extends ProbeRequest['kind']> =
  | { readonly kind: 'answered'; readonly value: ProbeAnswers[Kind] }
  /** Machine or network trouble. Never the same as an empty answer. */
  | { readonly kind: 'unavailable'; readonly why: string };

export type ProbeKind = ProbeRequest['kind'];

export type RequestOf<Kind extends ProbeKind> = Extract<ProbeRequest, { readonly kind: Kind }>;

type AnswersByKind = { readonly [Kind in ProbeKind]: ReadonlyMap<string, Answer<Kind>> };

const noAnswers: AnswersByKind = { blob: new Map(), 'organization-blob': new Map(), releases: new Map(), paths: new Map(), 'schema-versions': new Map(), record: new Map(), validation: new Map(), comparison: new Map(), signature: new Map(), 'operator-keys': new Map(), contributors: new Map(), votes: new Map(), membership: new Map(), secrets: new Map(), 'file-at': new Map(), 'pinned-bundle': new Map(), 'behavior-reading': new Map(), 'drift-state': new Map(), policies: new Map() };

const kinds = Object.keys(noAnswers).filter((kind): kind is ProbeKind => Object.hasOwn(noAnswers, kind));

/** Collected answers, by request, and the verdicts of the gates that judge first. Immutable: each round makes a new one. */
export class Evidence {
  readonly #answers: AnswersByKind;
  /** Of the gates of the first stage; null while they are not all known. */
  readonly verdicts: readonly Verdict[] | null;

  constructor(answers: AnswersByKind = noAnswers, verdicts: readonly Verdict[] | null = null) {
    this.#answers = answers;
    this.verdicts = verdicts;
  }

  /** This evidence with what the first stage made of it. They follow from it, so no digest covers them. */
  judgedBy(verdicts: readonly Verdict[]): Evidence {
    return new Evidence(this.#answers, verdicts);
  }

  /** The answer to a request, undefined when it was not asked yet. */
  find<Kind extends ProbeKind>(request: RequestOf<Kind> & { readonly kind: Kind }): Answer<Kind> | undefined {
    const answers: ReadonlyMap<string, Answer<Kind>> = this.#answers[request.kind];
    return answers.get(subjectOf(request));
  }

  has(request: ProbeRequest): boolean {
    return this.#answers[request.kind].has(subjectOf(request));
  }

  /** This evidence and the answers to requests of one kind. */
  with<Kind extends ProbeKind>(kind: Kind, answers: readonly (readonly [RequestOf<Kind>, Answer<Kind>])[]): Evidence {
    if (answers.length === 0) return this;
    const merged = new Map<string, Answer<Kind>>(this.#answers[kind]);
    for (const [request, answer] of answers) merged.set(subjectOf(request), answer);
    return new Evidence({ ...this.#answers, [kind]: merged }, this.verdicts);
  }

  /** This evidence and all that another one has. */
  and(other: Evidence): Evidence {
    return kinds.reduce<Evidence>((known, kind) => known.#taking(kind, other.#answers[kind]), this);
  }

  /** This evidence and the answers to these requests that another one has. */
  taking(requests: readonly ProbeRequest[], other: Evidence): Evidence {
    return [...Map.groupBy(requests, ({ kind }) => kind)].reduce<Evidence>((known, [kind, wanted]) => known.#taking(kind, other.#answers[kind], wanted.map(subjectOf)), this);
  }

  #taking<Kind extends ProbeKind>(kind: Kind, told: AnswersByKind[Kind], subjects?: readonly string[]): Evidence {
    const answers: ReadonlyMap<string, Answer<Kind>> = told;
    if (answers.size === 0) return this;
    const merged = new Map<string, Answer<Kind>>(this.#answers[kind]);
    for (const subject of subjects ?? answers.keys()) {
      const answer = answers.get(subject);
      if (answer !== undefined) merged.set(subject, answer);
    }
    return new Evidence({ ...this.#answers, [kind]: merged }, this.verdicts);
  }

  /** What the decision's input digest covers: each question with a digest of its answer, in stable order. */
  digests(): readonly (readonly [string, Digest])[] {
    return Object.entries(this.#answers)
      .flatMap(([kind, answers]) => [...answers].map(([subject, answer]) => [keyWith(kind, subject), answerDigest(answer)] as const))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}

export function keyOf(request: ProbeRequest): string {
  return keyWith(request.kind, subjectOf(request));
}

/** What can be asked once needs no subject. */
function keyWith(kind: string, subject: string): string {
  return subject === '' ? kind : `${kind}:${subject}`;
}

/**
 * What a request is about, among all of its kind. Every round asks for thousands of blobs again: their names stand as they
 * are, since a text that is put together anew is written and hashed before it can be looked up.
 */
function subjectOf(request: ProbeRequest): string {
  switch (request.kind) {
    case 'blob':
    case 'organization-blob':
      return request.blob;
    case 'releases':
      return `${request.entry}:${request.contractId}`;
    case 'paths':
      return `${request.entry}:${request.path}`;
    case 'schema-versions':
      return `${request.entry}:${request.family}`;
    case 'record':
      return request.entry;
    case 'validation':
      return `${request.schema.kind === 'builtin' ? request.schema.name : request.schema.blob}:${request.blob}`;
    case 'comparison':
      return `${request.older.blob}:${request.newer.blob}:${request.mode}:${request.preset}`;
    case 'signature':
      return `${request.contentHash}:${digestOfBytes(`${request.signature.header}..${request.signature.signature}`)}:${request.keys.map((key) => key.digest).join(',')}`;
    case 'operator-keys':
    case 'contributors':
    case 'votes':
      return '';
    case 'membership':
      return `${request.group}:${foldedLogin(request.login)}`;
    case 'secrets':
      return `${request.blob}:${request.path}`;
    case 'file-at':
      return `${request.commit}:${request.path}`;
    case 'pinned-bundle':
      return `${request.digest}:${request.url}`;
    case 'behavior-reading':
      return `${request.path}:${request.blob}:${request.base}:${request.head ?? ''}:${request.documents.map(({ path, blob }) => `${path}=${blob}`).join(',')}`;
    case 'drift-state':
      return request.behavior;
    case 'policies':
      return policiesDigest(request);
  }
}

/** Asked for in every round: what is asked is digested once. */
const digested = new WeakMap<RequestOf<'policies'>, Digest>();

function policiesDigest(request: RequestOf<'policies'>): Digest {
  const known = digested.get(request);
  if (known !== undefined) return known;
  const digest = digestOfBytes(JSON.stringify([sourceDigests(request.policies), request.input, request.subjects]));
  digested.set(request, digest);
  return digest;
}

function sourceDigests(policies: PolicySource): JsonValue {
  if (policies === null) return null;
  if ('bundle' in policies) return { bundle: digestOfBytes(policies.bundle), keys: policies.keys.map(({ digest }) => digest) };
  return policies.map(({ path, bytes }) => [path, digestOfBytes(bytes)]);
}

/** Bytes count by their own digest: as JSON text they are ten times as long, and a `Buffer` reads otherwise than a plain array. */
function answerDigest(answer: Answer<ProbeKind>): Digest {
  return digestOfBytes(JSON.stringify(isBytes(answer) ? { ...answer, value: { kind: 'bytes', bytes: digestOfBytes(answer.value.bytes) } } : answer));
}

function isBytes(answer: Answer<ProbeKind>): answer is { readonly kind: 'answered'; readonly value: Extract<BlobContent, { kind: 'bytes' }> } {
  return answer.kind === 'answered' && typeof answer.value === 'object' && answer.value !== null && 'bytes' in answer.value && answer.value.bytes instanceof Uint8Array;
}

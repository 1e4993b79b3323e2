import { changeDigestOf } from '../../domain/agent-evidence/change-digest-of.ts';
import type { EvidenceDocument } from '../../domain/agent-evidence/evidence-document.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { readEvidence } from '../../domain/agent-evidence/read-evidence.ts';
import { digestOfBytes, digestOfValue } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { limits } from '../../domain/limits.ts';
import type { Position } from '../../domain/position.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { evidenceCarriers } from './evidence-carriers.ts';
import type { Carrier } from './evidence-carriers.ts';
import type { EvidenceObjection } from './evidence-objection.ts';
import { secretsIn } from './secrets-in.ts';

/** One document that came with a change. */
export type SentDocument = { readonly carrier: Carrier } & (
  /** `ignored`: where in it the agent wrote a verdict. `placeOf`: where the part at a JSON pointer stands in the carrier. */
  | { readonly kind: 'bound'; readonly document: EvidenceDocument; readonly ignored: readonly Position[]; readonly placeOf: (pointer: string) => Position }
  /** Valid, and about another change, or about this one as it was. */
  | { readonly kind: 'unbound'; readonly place: Position; readonly why: string; readonly expected: string; readonly found: string }
  | { readonly kind: 'invalid'; readonly objections: readonly EvidenceObjection[] }
  | { readonly kind: 'unavailable'; readonly why: string }
);

export interface SentEvidence {
  readonly documents: readonly SentDocument[];
  /** Of all that was sent; null: nothing was, or not all of it could be read. */
  readonly digest: Digest | null;
}

/** The documents about a change, read and held against it. */
export function sentEvidence(snapshot: Snapshot, settings: GroundingSettings, evidence: Evidence): SentEvidence {
  const carriers = evidenceCarriers(snapshot, settings, evidence);
  const changeDigest = changeDigestOf(snapshot, settings.evidence);
  const documents = carriers.map((carrier, index) => (index < limits.evidenceDocuments ? sentDocument(carrier, { snapshot, changeDigest, evidence }) : oneTooMany(carrier)));
  return { documents: withinJoinedLimits(documents), digest: digestOf(carriers) };
}

function digestOf(carriers: readonly Carrier[]): Digest | null {
  const digests = carriers.flatMap(({ path, content }) => (content.kind === 'bytes' ? [[path, digestOfBytes(content.bytes)]] : []));
  return carriers.length > 0 && digests.length === carriers.length ? digestOfValue(digests) : null;
}

interface Held {
  readonly snapshot: Snapshot;
  readonly changeDigest: Digest;
  readonly evidence: Evidence;
}

/** A secret is found before anything of the document is read: what is wrong with that is told with what stands there. */
function sentDocument(carrier: Carrier, { snapshot, changeDigest, evidence }: Held): SentDocument {
  const { content } = carrier;
  const secrets = secretsIn(carrier, evidence);
  if (secrets.kind === 'unavailable') return { carrier, ...secrets };
  if (secrets.objections.length > 0) return { kind: 'invalid', carrier, objections: secrets.objections };
  if (content.kind === 'unavailable') return { carrier, ...content };
  if (content.kind === 'unreadable') return invalid(carrier, [{ line: 1, column: 1, message: `Cannot read it: ${content.why}.`, expected: 'an evidence document', found: content.why, next: 'Write it as JSON, as `plumbline evidence init` does.' }]);
  if (content.bytes.byteLength > limits.evidenceBytes) return invalid(carrier, [{ line: 1, column: 1, message: `Cannot read it: it has ${content.bytes.byteLength} bytes, expected at most ${limits.evidenceBytes}.`, expected: `at most ${limits.evidenceBytes} bytes`, found: `${content.bytes.byteLength} bytes`, next: 'Say less in it.' }]);
  const reading = readDocument(content.bytes, 'json');
  if (reading.kind === 'problem') return invalid(carrier, [{ ...reading.problem.position, message: `Cannot read it: ${reading.problem.message}.`, expected: reading.problem.expected, found: reading.problem.found, next: 'Correct the JSON.' }]);
  const { document } = reading;
  const sent = readEvidence(document);
  if (sent.kind === 'invalid') return invalid(carrier, sent.problems);
  const placeOf = (pointer: string): Position => placeIn(carrier, document.positionOf(pointer));
  const ignored = sent.ignored.map(placeOf);
  const unfit = whyUnbound(sent.document, snapshot, changeDigest);
  return unfit === null ? { kind: 'bound', carrier, document: sent.document, ignored, placeOf } : { kind: 'unbound', carrier, place: placeOf(unfit.pointer), why: unfit.why, expected: unfit.expected, found: unfit.found };
}

function invalid(carrier: Carrier, objections: readonly EvidenceObjection[]): SentDocument {
  return { kind: 'invalid', carrier, objections: objections.map((one) => ({ ...one, ...placeIn(carrier, one) })) };
}

function placeIn({ linesBefore }: Carrier, { line, column }: Position): Position {
  return { line: line + linesBefore, column };
}

function oneTooMany(carrier: Carrier): SentDocument {
  return invalid(carrier, [{ line: 1, column: 1, message: `Cannot read it: it is one of more than ${limits.evidenceDocuments} documents.`, expected: `at most ${limits.evidenceDocuments} documents`, found: 'one more', next: 'Join them.' }]);
}

interface Unfit {
  readonly pointer: string;
  readonly why: string;
  readonly expected: string;
  readonly found: string;
}

/** Where it is about something else. A local range has no number that it could state. */
function whyUnbound({ subject }: EvidenceDocument, { repository, change }: Snapshot, changeDigest: Digest): Unfit | null {
  const name = fullNameOf(repository);
  if (subject.repository.toLowerCase() !== name.toLowerCase()) return { pointer: '/subject/repository', why: 'it is about another repository', expected: name, found: subject.repository };
  const numbers = numbersOf(change.subject);
  if (subject.pullRequest !== null && numbers !== null && !numbers.includes(subject.pullRequest)) return { pointer: '/subject/pull_request', why: 'it is about another pull request', expected: numbers.join(' or '), found: String(subject.pullRequest) };
  if (subject.changeDigest !== changeDigest) return { pointer: '/subject/change_digest', why: 'it is about another state of the change', expected: changeDigest, found: subject.changeDigest };
  return null;
}

function numbersOf(subject: Snapshot['change']['subject']): readonly number[] | null {
  switch (subject.kind) {
    case 'pull-request':
      return [subject.number];
    case 'merge-group':
      return subject.members === 'unresolved' ? [] : subject.members;
    case 'range':
      return null;
  }
}

/** Ids are unique over all documents together, and so many claims are looked at in all. */
function withinJoinedLimits(documents: readonly SentDocument[]): readonly SentDocument[] {
  const seen = new Set<string>();
  return documents.map((one) => {
    if (one.kind !== 'bound') return one;
    const { claims } = one.document;
    const repeated = claims.find(({ id }) => seen.has(id));
    for (const { id } of claims) seen.add(id);
    if (repeated !== undefined) return invalid(one.carrier, [{ line: 1, column: 1, message: `Cannot join it with the others: the claim ${JSON.stringify(repeated.id)} is in one of them already.`, expected: 'each claim once', found: JSON.stringify(repeated.id), next: 'Give the claim another id.' }]);
    if (seen.size > limits.claims) return invalid(one.carrier, [{ line: 1, column: 1, message: `Cannot join it with the others: together they make ${seen.size} claims, expected at most ${limits.claims}.`, expected: `at most ${limits.claims}`, found: String(seen.size), next: 'Claim less: of what matters, each once.' }]);
    return one;
  });
}

import schema from '../../../schemas/agent-evidence.schema.json' with { type: 'json' };
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import { isDigest } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { Document } from '../document/document.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Position } from '../position.ts';
import type { Citation, Claim, ClaimedChange, ClaimedUsage, EvidenceDocument } from './evidence-document.ts';
import { sentVerdicts } from './sent-verdicts.ts';

/** What is wrong at one place of an evidence document. */
export interface EvidenceProblem extends Violation, Position {}

/** Pointers at verdicts that the agent sent, which count nothing. */
export type EvidenceReading =
  | { readonly kind: 'evidence'; readonly document: EvidenceDocument; readonly ignored: readonly string[] }
  /** Nothing of it counts. */
  | { readonly kind: 'invalid'; readonly problems: readonly EvidenceProblem[] };

const violationsOf = ownSchema(schema, 'evidence document');

/** Reads a document of an agent strictly: one thing that is wrong in it, and nothing of it counts. */
export function readEvidence(document: Document): EvidenceReading {
  const { value, ignored } = sentVerdicts(document.value);
  const violations = violationsOf(value);
  const problems = violations.length > 0 || !isJsonObject(value) ? violations : impossibleParts(value);
  if (problems.length > 0 || !isJsonObject(value)) return { kind: 'invalid', problems: problems.map((one) => ({ ...document.positionOf(one.pointer), ...one })) };
  return { kind: 'evidence', document: documentOf(value), ignored };
}

/** What the schema can not say. */
function impossibleParts(value: JsonObject): readonly Violation[] {
  return member.objects(value, 'claims').flatMap((claim, index, claims) => {
    const pointer = `/claims/${index}`;
    return [...repeated(claims, index, pointer), ...impossibleLines(claim, 'changes', pointer), ...member.objects(claim, 'citations').flatMap((_, at, citations) => repeated(citations, at, `${pointer}/citations/${at}`)), ...impossibleLines(claim, 'citations', pointer)];
  });
}

function repeated(all: readonly JsonObject[], index: number, pointer: string): readonly Violation[] {
  const id = idOf(all[index]);
  if (all.findIndex((one) => idOf(one) === id) === index) return [];
  return [{ pointer: `${pointer}/id`, message: `Cannot use the id ${quoted(id)}: another one has it already, expected an id of its own.`, expected: 'an id of its own', found: quoted(id), next: 'Give it another id.' }];
}

function idOf(one: JsonObject | undefined): string {
  return (one === undefined ? null : member.text(one, 'id')) ?? '';
}

function impossibleLines(claim: JsonObject, list: 'changes' | 'citations', pointer: string): readonly Violation[] {
  return member.objects(claim, list).flatMap((one, index) => {
    const [start, end] = [member.number(one, 'start_line'), member.number(one, 'end_line')];
    if (start === null || end === null || end >= start) return [];
    return [{ pointer: `${pointer}/${list}/${index}/end_line`, message: `Cannot use the lines ${start} to ${end}: they end before they begin, expected end_line of at least ${start}.`, expected: `at least ${start}`, found: String(end), next: 'Correct the lines.' }];
  });
}

function documentOf(value: JsonObject): EvidenceDocument {
  const [subject, contributor, references] = [member.object(value, 'subject'), member.object(value, 'contributor'), member.object(value, 'references')];
  return Object.freeze({
    version: 1,
    id: text(value, 'id'),
    timestamp: text(value, 'timestamp'),
    subject: { repository: text(subject, 'repository'), pullRequest: member.number(subject, 'pull_request'), baseSha: text(subject, 'base_sha'), changeDigest: digest(subject, 'change_digest') ?? noDigest },
    tool: toolOf(value['tool']),
    contributor: { type: oneOf(contributor, 'type', ['ai', 'mixed', 'human'], 'ai'), modelId: member.text(contributor, 'model_id') },
    conversation: member.text(member.object(value, 'conversation'), 'url'),
    confidence: confidenceOf(value['confidence']),
    claims: member.objects(value, 'claims').map(claimOf),
    references: { dependencies: member.texts(references, 'dependencies'), symbols: member.texts(references, 'symbols'), files: member.texts(references, 'files'), urls: member.texts(references, 'urls') },
    usage: member.objects(value, 'usage').map(usageOf),
  });
}

/** The digest of no change. */
const noDigest: Digest = 'sha256:';

function toolOf(value: JsonValue | undefined): EvidenceDocument['tool'] {
  return isJsonObject(value) ? { name: text(value, 'name'), version: member.text(value, 'version') } : null;
}

function confidenceOf(value: JsonValue | undefined): EvidenceDocument['confidence'] {
  if (!isJsonObject(value)) return null;
  return { score: member.number(value, 'score') ?? 0, method: oneOf(value, 'method', ['verbalized', 'logprob', 'consistency', 'external'], 'verbalized') };
}

const claimKinds = ['behaviour', 'file', 'symbol', 'dependency', 'test_result', 'external_fact', 'rationale'] as const;

function claimOf(value: JsonObject): Claim {
  return {
    id: text(value, 'id'),
    kind: oneOf(value, 'kind', claimKinds, 'behaviour'),
    text: text(value, 'text'),
    critical: value['critical'] !== false,
    changes: member.objects(value, 'changes').map(changeOf),
    citations: member.objects(value, 'citations').map(citationOf),
  };
}

function changeOf(value: JsonObject): ClaimedChange {
  return { path: text(value, 'path'), ...linesOf(value) };
}

function citationOf(value: JsonObject): Citation {
  return {
    id: text(value, 'id'),
    type: oneOf(value, 'type', ['repo', 'commit', 'url', 'package', 'check_run'], 'url'),
    revision: member.text(value, 'revision'),
    path: member.text(value, 'path'),
    ...linesOf(value),
    quote: member.text(value, 'quote'),
    contentHash: digest(value, 'content_hash'),
    role: oneOf(value, 'role', ['supports', 'contradicts', 'context'], 'context'),
  };
}

/** One line where no end is stated. */
function linesOf(value: JsonObject): Pick<ClaimedChange, 'startLine' | 'endLine'> {
  const start = member.number(value, 'start_line');
  return { startLine: start, endLine: member.number(value, 'end_line') ?? start };
}

function usageOf({ cost, ...attributes }: JsonObject): ClaimedUsage {
  if (!isJsonObject(cost)) return { attributes, cost: null };
  return { attributes, cost: { amount: member.number(cost, 'amount') ?? 0, currency: text(cost, 'currency'), source: oneOf(cost, 'source', ['self', 'proxy', 'provider'], 'self') } };
}

function text(from: JsonObject, name: string): string {
  return member.text(from, name) ?? '';
}

function digest(from: JsonObject, name: string): Digest | null {
  const value = member.text(from, name);
  return isDigest(value) ? value : null;
}

/** @param otherwise What the schema lets nobody come to. */
function oneOf<Word extends string>(from: JsonObject, name: string, words: readonly Word[], otherwise: Word): Word {
  return words.find((word) => word === from[name]) ?? otherwise;
}

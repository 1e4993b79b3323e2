import { canonicalText } from '../domain/canonical.ts';
import { isDigest } from '../domain/digest.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { AuditEntry } from './entry.ts';
import { quote } from './quote.ts';

/** An entry as a reader meets it: a later release may have written an event that this one does not know. */
export type ReadEntry = Omit<AuditEntry, 'event'> & { readonly event: string };

export type EntryReading =
  | { readonly kind: 'entry'; readonly entry: ReadEntry }
  /** Written in a form that this release does not know: neither right nor wrong. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'problem'; readonly reason: 'unparsable' | 'not_canonical'; readonly why: string };

/** Reads a leaf strictly: exactly the members of an entry, in RFC 8785 form. */
export function readEntry(leaf: string): EntryReading {
  const value = parseJson(leaf);
  if (value === undefined) return problem('unparsable', 'the leaf is not JSON');
  if (!isJsonObject(value)) return problem('unparsable', 'the leaf is not an object');
  const { version } = value;
  if (Number.isSafeInteger(version) && typeof version === 'number' && version > 1) return { kind: 'newer', version };
  const wrong = wrongMember(value);
  if (wrong !== null) return problem('unparsable', wrong);
  if (!isCanonical(leaf, value)) return problem('not_canonical', 'the leaf is not in RFC 8785 form');
  return isEntry(value) ? { kind: 'entry', entry: value } : problem('unparsable', 'the leaf is not an entry');
}

/** By member name; each says whether a value may stand there. */
const members: Readonly<Record<keyof AuditEntry, (value: JsonValue | undefined) => boolean>> = {
  account: isCount,
  actor: isCommitment,
  after: isDigestOrNull,
  before: isDigestOrNull,
  event: (value) => typeof value === 'string' && /^[a-z]+\.[a-z_]+$/.test(value),
  id: (value) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value),
  inputDigest: isDigestOrNull,
  links: (value) => Array.isArray(value) && value.every((link) => typeof link === 'string'),
  outcome: (value) => typeof value === 'string',
  payload: (value) => value === null || isCommitment(value),
  policyDigest: isDigestOrNull,
  rationale: isCommitment,
  repository: (value) => value === null || isRepository(value),
  sequence: isCount,
  subject: (value) => typeof value === 'string',
  time: isTime,
  version: (value) => value === 1,
};
const memberChecks = Object.entries(members);

/** Null when all members are there, right, and no others. */
function wrongMember(value: JsonObject): string | null {
  for (const [name, isRight] of memberChecks) {
    if (!Object.hasOwn(value, name)) return `the entry has no ${quote(name)}`;
    if (!isRight(value[name])) return `the entry's ${quote(name)} is malformed`;
  }
  const names = Object.keys(value);
  if (names.length === memberChecks.length) return null;
  return `the entry has an unknown member ${quote(names.find((name) => !Object.hasOwn(members, name)) ?? '')}`;
}

/** The compiler's view of what `wrongMember` has checked. */
function isEntry(value: JsonObject | ReadEntry): value is ReadEntry {
  return value['version'] === 1;
}

/**
 * Canonical form has one spelling, so writing the value again must give the same text. The plain serialiser agrees with
 * RFC 8785 but for member order and lone surrogates; only a leaf that may contain those is canonicalised in full.
 */
function isCanonical(leaf: string, value: JsonObject): boolean {
  if (isInOrder(value) && !leaf.includes(String.raw`\ud`)) return JSON.stringify(value) === leaf;
  try {
    return canonicalText(value) === leaf;
  } catch {
    return false;
  }
}

function isInOrder(value: JsonObject): boolean {
  return Object.keys(value).every((name, index) => name === memberOrder[index]);
}
const memberOrder = Object.keys(members).toSorted();

function isCount(value: JsonValue | undefined): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isDigestOrNull(value: JsonValue | undefined): boolean {
  return value === null || isDigest(value);
}

function isCommitment(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length === 1 && isDigest(value['digest']);
}

function isRepository(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).join() === 'id,name' && isCount(value['id']) && typeof value['name'] === 'string';
}

/** One fixed form, so that times compare as texts. */
function isTime(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && !Number.isNaN(Date.parse(value));
}

function problem(reason: 'unparsable' | 'not_canonical', why: string): EntryReading {
  return { kind: 'problem', reason, why };
}

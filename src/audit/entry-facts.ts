import type { Digest } from '../domain/digest.ts';
import type { Commitment } from './entry.ts';
import { readEntry } from './read-entry.ts';
import type { EntryReading, ReadEntry } from './read-entry.ts';

/** What an entry is checked by, and its log: all but what names it. */
export type EntryFacts = Omit<ReadEntry, 'version' | 'id'>;

export type FactsReading = { readonly kind: 'entry'; readonly entry: EntryFacts } | Exclude<EntryReading, { kind: 'entry' }>;

/**
 * Reads of a leaf what verifying needs. Nearly every leaf is an entry as we write them, and one expression that matches
 * exactly those is three times as quick as parsing and writing it again; all others, and so all refusals, take the long way.
 * The leaf must be well-formed.
 */
export function readFacts(leaf: string): FactsReading {
  const match = leaf.length > longestQuick ? null : canonicalEntry.exec(leaf);
  const entry = match === null ? null : factsOf(match);
  return entry === null ? readEntry(leaf) : { kind: 'entry', entry };
}

function factsOf([, account, actor, after, before, event, inputDigest, links, outcome, payload, policyDigest, rationale, repository, name, sequence, subject, time]: readonly (string | undefined)[]): EntryFacts | null {
  const numbers = [account, sequence, repository ?? '0'].map(Number);
  if (event === undefined || time === undefined || Number.isNaN(Date.parse(time)) || !numbers.every(Number.isSafeInteger)) return null;
  const [by, why, what] = [actor, rationale, payload].map(commitmentOf);
  if (!by || !why || what === undefined) return null;
  return {
    account: Number(account),
    sequence: Number(sequence),
    time,
    event,
    actor: by,
    rationale: why,
    payload: what,
    before: digestOrNullOf(before),
    after: digestOrNullOf(after),
    policyDigest: digestOrNullOf(policyDigest),
    inputDigest: digestOrNullOf(inputDigest),
    subject: textOf(subject),
    outcome: textOf(outcome),
    repository: repository === undefined ? null : { id: Number(repository), name: textOf(name) },
    links: textsOf(links ?? ''),
  };
}

function digestOrNullOf(digest: string | undefined): Digest | null {
  return isFound(digest) ? digest : null;
}

/** The expression has found it to be a JSON string, here with its quotes. */
function textOf(json = '""'): string {
  if (!json.includes('\\')) return json.slice(1, -1);
  const text: string = JSON.parse(json);
  return text;
}

/** The expression has found them to be JSON strings. */
function textsOf(json: string): readonly string[] {
  if (json === '') return [];
  const texts: readonly string[] = JSON.parse(`[${json}]`);
  return texts;
}

function commitmentOf(digest: string | undefined): Commitment | null {
  return isFound(digest) ? { digest } : null;
}

/** The expression has found it to be one: to look again costs as much as all else. */
function isFound(digest: string | undefined): digest is Digest {
  return digest !== undefined;
}

/** An expression's memory grows with what it matches. */
const longestQuick = 64 * 1024;

const digest = 'sha256:[0-9a-f]{64}';
const digestOrNull = `(?:null|"(${digest})")`;
const commitment = String.raw`\{"digest":"(${digest})"\}`;
const count = '(0|[1-9][0-9]{0,15})';
/** As RFC 8785 writes strings: only what must be is escaped, in the shortest way. Alternatives share no first character. */
const string = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f])))*"`;
const members = [
  `"account":${count}`,
  `"actor":${commitment}`,
  `"after":${digestOrNull}`,
  `"before":${digestOrNull}`,
  String.raw`"event":"([a-z]+\.[a-z_]+)"`,
  '"id":"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"',
  `"inputDigest":${digestOrNull}`,
  String.raw`"links":\[((?:${string}(?:,${string})*)?)\]`,
  `"outcome":(${string})`,
  `"payload":(?:null|${commitment})`,
  `"policyDigest":${digestOrNull}`,
  `"rationale":${commitment}`,
  String.raw`"repository":(?:null|\{"id":${count},"name":(${string})\})`,
  `"sequence":${count}`,
  `"subject":(${string})`,
  String.raw`"time":"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z)"`,
  '"version":1',
];
const canonicalEntry = new RegExp(String.raw`^\{${members.join()}\}$`);

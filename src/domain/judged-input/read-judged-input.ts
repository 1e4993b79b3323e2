import type { Digest } from '../digest.ts';
import type { GateName } from '../gate-name.ts';
import type { JsonValue } from '../json-value.ts';
import { parseJson } from '../parse-json.ts';
import type { Answer } from '../probe-answer.ts';
import type { ProbeKind } from '../probe-request.ts';
import type { Snapshot } from '../snapshot.ts';
import { readAnswer } from './kept-answer.ts';
import type { InputRoot } from './read-input-root.ts';

/** What was judged, read back. */
export interface RecordedInput {
  readonly snapshot: Snapshot;
  readonly requiredGates: readonly GateName[];
  /** By the key of what was asked. */
  readonly answers: ReadonlyMap<string, Answer<ProbeKind>>;
}

/**
 * Puts a judged input together. Null when its parts are not what `writeJudgedInput` writes. Their digests must have been compared.
 * Only its frame is checked: a log that verifies was written by an engine, and what it was given that engine can judge.
 */
export function readJudgedInput({ gates, configuration, files, evidence, snapshot }: InputRoot, parts: ReadonlyMap<Digest, Uint8Array>): RecordedInput | null {
  const listed = (digests: readonly Digest[]): readonly JsonValue[] | null => {
    const lists = digests.map((digest) => valueOf(parts, digest));
    return lists.every((list) => Array.isArray(list)) ? lists.flat() : null;
  };
  const whole = { ...snapshot, files: listed(files), configuration: valueOf(parts, configuration) };
  const answers = answersOf(listed(evidence));
  return answers !== null && isSnapshot(whole) ? { snapshot: whole, requiredGates: gates, answers } : null;
}

function valueOf(parts: ReadonlyMap<Digest, Uint8Array>, digest: Digest): JsonValue | undefined {
  const bytes = parts.get(digest);
  return bytes === undefined ? undefined : parseJson(bytes);
}

function answersOf(pairs: readonly JsonValue[] | null): ReadonlyMap<string, Answer<ProbeKind>> | null {
  if (pairs === null) return null;
  const answers = new Map<string, Answer<ProbeKind>>();
  for (const pair of pairs) {
    const [key, told] = Array.isArray(pair) ? pair : [];
    const answer = readAnswer(told);
    if (typeof key !== 'string' || answer === null) return null;
    answers.set(key, answer);
  }
  return answers;
}

const texts = ['engine', 'now', 'mergeBase', 'base', 'head'];
const lists = ['files', 'twins', 'unreadable'];
const objects = ['repository', 'change', 'configuration'];

/** The compiler's view of what an engine wrote. */
function isSnapshot(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Snapshot {
  return value['version'] === 1 && texts.every((name) => typeof value[name] === 'string') && lists.every((name) => Array.isArray(value[name])) && objects.every((name) => isObject(value[name]));
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { Answer, BlobContent } from '../probe-answer.ts';
import type { ProbeKind } from '../probe-request.ts';

/** The JSON of an answer. Bytes stand there as the text that they are, others as base64. */
export function answerText(answer: Answer<ProbeKind>): string {
  return JSON.stringify(holdsBytes(answer) ? { ...answer, value: { kind: 'bytes', ...contentOf(answer.value.bytes) } } : answer);
}

/** An answer as it was before it was written; null when it is none. What it tells is not looked into: its reader trusts whoever wrote it. */
export function readAnswer(value: JsonValue | undefined): Answer<ProbeKind> | null {
  if (!isJsonObject(value)) return null;
  const answer = isJsonObject(value['value']) && value['value']['kind'] === 'bytes' ? { ...value, value: { kind: 'bytes', bytes: bytesOf(value['value']) } } : value;
  return isAnswer(answer) ? answer : null;
}

/** Whether it is the content of something. */
export function holdsBytes(answer: Answer<ProbeKind>): answer is { readonly kind: 'answered'; readonly value: Extract<BlobContent, { kind: 'bytes' }> } {
  return answer.kind === 'answered' && typeof answer.value === 'object' && answer.value !== null && 'bytes' in answer.value && answer.value.bytes instanceof Uint8Array;
}

function contentOf(bytes: Uint8Array): { readonly text: string } | { readonly base64: string } {
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') };
  }
}

/** @returns Null when neither stands there. */
function bytesOf({ text, base64 }: { readonly [member: string]: JsonValue }): Uint8Array | null {
  if (typeof text === 'string') return new TextEncoder().encode(text);
  return typeof base64 === 'string' ? Uint8Array.from(Buffer.from(base64, 'base64')) : null;
}

function isAnswer(value: object): value is Answer<ProbeKind> {
  if (!('kind' in value)) return false;
  if (value.kind === 'unavailable') return 'why' in value && typeof value.why === 'string';
  return value.kind === 'answered' && 'value' in value && !isEmptyBytes(value.value);
}

function isEmptyBytes(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'bytes' in value && value.bytes === null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

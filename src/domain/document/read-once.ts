import type { DocumentFormat, Reading } from './document.ts';
import { formatOf, readDocument } from './read-document.ts';

/** `readDocument` for bytes that are looked at again, in every round and for the record: the answer depends on nothing else, and goes when they go. */
export function readOnce(bytes: Uint8Array, path: string): Reading {
  const format = formatOf(path);
  const reading = remembered[format].get(bytes) ?? readDocument(bytes, format);
  remembered[format].set(bytes, reading);
  return reading;
}

const remembered: Readonly<Record<DocumentFormat, WeakMap<Uint8Array, Reading>>> = { json: new WeakMap(), yaml: new WeakMap() };

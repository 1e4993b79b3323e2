import schema from '../../../schemas/waivers.schema.json' with { type: 'json' };
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import type { Document } from '../document/document.ts';
import { pointerBelow } from '../document/pointer.ts';
import { instantOf } from '../instant.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import type { Waiver } from './waiver.ts';

/** A waiver where it stands in its file. */
export interface WaiverEntry {
  readonly waiver: Waiver;
  /** JSON pointer. */
  readonly pointer: string;
}

export type WaiverFileReading =
  | { readonly kind: 'waivers'; readonly entries: readonly WaiverEntry[] }
  /** One thing wrong in it, and none of its entries counts. */
  | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

const violationsOf = ownSchema(schema, 'waiver file');

/** Read in every round and for every decision. */
const remembered = new WeakMap<Document, WaiverFileReading>();

/** Reads a waiver file strictly. Whether its codes can be waived, and for how long, is asked where it is judged. */
export function readWaiverFile(document: Document): WaiverFileReading {
  const reading = remembered.get(document) ?? read(document);
  remembered.set(document, reading);
  return reading;
}

function read({ value }: Document): WaiverFileReading {
  const violations = violationsOf(value);
  if (violations.length > 0 || !isJsonObject(value)) return { kind: 'invalid', violations };
  return { kind: 'waivers', entries: member.objects(value, 'waivers').map((entry, index) => ({ waiver: waiverOf(entry), pointer: pointerBelow('/waivers', index) })) };
}

function waiverOf(entry: JsonObject): Waiver {
  const text = (name: string): string => member.text(entry, name) ?? '';
  return Object.freeze({
    code: text('code'),
    fingerprint: text('fingerprint'),
    path: member.text(entry, 'path'),
    contract: member.text(entry, 'contract'),
    owner: text('owner'),
    reason: text('reason'),
    grantedBy: text('grantedBy'),
    until: new Date(instantOf(text('until')) ?? 0).toISOString(),
  });
}

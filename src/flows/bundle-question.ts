import { canonicalText } from '../domain/canonical.ts';
import { Failure } from '../domain/failure.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { instantOf } from '../domain/instant.ts';
import type { AskedBundle } from './select-entries.ts';

/** What a bundle is asked for, in one spelling. */
export function textOfAsked(asked: AskedBundle): string {
  return canonicalText({ ...asked });
}

/** @throws Failure STORE_INCONSISTENT for what `textOfAsked` does not write. */
export function askedOfText(text: string): AskedBundle {
  const value: JsonValue = JSON.parse(text);
  const asked = isJsonObject(value) ? askedOf(value) : null;
  if (asked?.kind === 'asked') return asked.asked;
  throw new Failure('STORE_INCONSISTENT', 'Cannot read what a bundle was asked for. Its row was written by another version or by hand.');
}

export type AskedReading = { readonly kind: 'asked'; readonly asked: AskedBundle } | { readonly kind: 'problem'; readonly why: string };

/**
 * Reads a question out of an object whose members are texts and numbers: `pullRequest` with `repository`, `from` with `to`, or `contract`,
 * or as `textOfAsked` writes it.
 */
export function askedOf(value: JsonObject): AskedReading {
  const { kind, repository, number, from, to, id } = value;
  if (kind === 'pull-request') return typeof repository === 'string' && typeof number === 'number' ? { kind: 'asked', asked: { kind, repository, number } } : problem('expected repository and number');
  if (kind === 'contract') return typeof id === 'string' ? { kind: 'asked', asked: { kind, id } } : problem('expected id');
  if (kind !== 'period') return problem('expected the kind pull-request, period or contract');
  return typeof from === 'string' && typeof to === 'string' ? periodOf(from, to) : problem('expected from and to');
}

function periodOf(from: string, to: string): AskedReading {
  const [begin, end] = [instantOf(from), instantOf(to)];
  if (begin === null || end === null) return problem('expected days or instants with their zone');
  if (begin >= end) return problem('expected from before to');
  return { kind: 'asked', asked: { kind: 'period', from: new Date(begin).toISOString(), to: new Date(end).toISOString() } };
}

function problem(why: string): AskedReading {
  return { kind: 'problem', why };
}

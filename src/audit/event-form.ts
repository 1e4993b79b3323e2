import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import schema from '../../schemas/audit-events.schema.json' with { type: 'json' };
import type { JsonValue } from '../domain/json-value.ts';
import type { ReadEntry } from './read-entry.ts';

/** What an entry says in the open, and what its payload opens to: left out where there is none, or it was erased. */
export interface EventFacts extends Pick<ReadEntry, 'subject' | 'outcome' | 'repository' | 'before' | 'after' | 'policyDigest' | 'inputDigest' | 'links'> {
  readonly payload?: JsonValue;
}

/**
 * What does not fit the form that entries of an event have in every release, or with `appended` the one that this release writes; null where
 * all fits, and for an event that this release does not know. Of what was erased nothing is asked.
 */
export function misfitOfEvent(event: string, facts: EventFacts, form: 'read' | 'appended'): string | null {
  const isFit = validatorOf(event, '');
  if (isFit === null) return null;
  if (!isFit(facts)) return wordsOf(isFit.errors);
  const isAppended = form === 'appended' ? validatorOf(event, '/x-plumbline-appended') : null;
  return isAppended === null || isAppended(facts) ? null : wordsOf(isAppended.errors);
}

/** Compiled with the first entry of an event; null where there is nothing under this place. */
function validatorOf(event: string, place: string): ValidateFunction | null {
  if (!Object.hasOwn(schema.definitions, event) || !event.includes('.')) return null;
  ajv ??= new Ajv({ strict: true, strictTypes: false, strictRequired: false, ownProperties: true, validateSchema: false }).addVocabulary(['x-plumbline-appended']).addSchema(schema, 'events');
  const name = `events#/definitions/${event}${place}`;
  const known = validators.get(name);
  if (known !== undefined) return known;
  const compiled = ajv.getSchema(name) ?? null;
  validators.set(name, compiled);
  return compiled;
}

let ajv: Ajv | null = null;
const validators = new Map<string, ValidateFunction | null>();

function wordsOf(errors: readonly ErrorObject[] | null | undefined): string {
  const error = errors?.find(({ keyword }) => keyword !== 'if') ?? errors?.[0];
  return `${error?.instancePath === undefined || error.instancePath === '' ? 'it' : error.instancePath} ${error?.message ?? 'does not fit'}`;
}

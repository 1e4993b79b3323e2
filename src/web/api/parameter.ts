import { instantOf } from '../../domain/instant.ts';
import type { JsonObject } from '../../domain/json-value.ts';

/** One value in the address of a request. The schema is what the API's description says of it, and holds for the text that is read. */
export interface Parameter<Value> {
  readonly description: string;
  readonly schema: JsonObject;
  /** Undefined: the text is none of these. */
  readonly read: (text: string) => Value | undefined;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** What an address gives; null: it does not say. */
export type ValuesOf<Some extends Parameters> = { readonly [Name in keyof Some]: Some[Name] extends Parameter<infer Value> ? Value | null : never };

export function textParameter(description: string, pattern: string, maxLength: number): Parameter<string> {
  const form = new RegExp(pattern);
  return { description, schema: { type: 'string', pattern, maxLength }, read: (text) => (text.length <= maxLength && form.test(text) ? text : undefined) };
}

export function numberParameter(description: string, { least, most }: { readonly least: number; readonly most: number }): Parameter<number> {
  return {
    description,
    schema: { type: 'integer', minimum: least, maximum: most },
    read: (text) => (/^(?:0|[1-9]\d{0,15})$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
  };
}

export function wordParameter<Word extends string>(description: string, words: readonly Word[]): Parameter<Word> {
  return { description, schema: { type: 'string', enum: [...words] }, read: (text) => words.find((word) => word === text) };
}

/** An instant with its zone (RFC 3339). */
export function timeParameter(description: string): Parameter<Date> {
  return {
    description,
    schema: { type: 'string', format: 'date-time' },
    read: (text) => {
      const instant = hasSeconds.test(text) ? instantOf(text) : null;
      return instant === null ? undefined : new Date(instant);
    },
  };
}

/** As RFC 3339 has it. */
const hasSeconds = /T\d{2}:\d{2}:\d{2}/;

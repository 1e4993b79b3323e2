import type { SchemaObject } from 'ajv';

/** Schemas of stored values, in words. More members than named are fine: a newer version may have written them. */
export const text: SchemaObject = { type: 'string' };
export const integer: SchemaObject = { type: 'integer' };
export const flag: SchemaObject = { type: 'boolean' };
export const anyObject: SchemaObject = { type: 'object' };

export function oneOf(...values: readonly (string | number)[]): SchemaObject {
  return { enum: values };
}

export function nullable(schema: SchemaObject): SchemaObject {
  return { anyOf: [schema, { type: 'null' }] };
}

export function list(items: SchemaObject): SchemaObject {
  return { type: 'array', items };
}

/** Of an optional member: what is read where an older version left it out. */
export function orElse(schema: SchemaObject, value: unknown): SchemaObject {
  return { ...schema, default: value };
}

export function either(...schemas: readonly SchemaObject[]): SchemaObject {
  return { anyOf: schemas };
}

/** An object with all of these members, and perhaps those of `optional`. */
export function object(members: Readonly<Record<string, SchemaObject>>, optional: Readonly<Record<string, SchemaObject>> = {}): SchemaObject {
  return { type: 'object', required: Object.keys(members), properties: { ...members, ...optional } };
}

import { isSchema } from './is-schema.ts';
import type { PlainSchema } from './is-schema.ts';

export type SchemaObject = Exclude<PlainSchema, boolean>;

/** A part of a schema that is itself one. */
export interface SchemaPart {
  readonly schema: SchemaObject;
  /** The nearest part with a `$id`, or the root: what pointers and anchors start from. */
  readonly resource: string;
}

export interface SchemaParts {
  readonly all: readonly SchemaPart[];
  /** The part that a value of this schema is; null for what is none. */
  partOf(value: unknown): SchemaPart | null;
  /** The part that a `$ref` of this part leads to; null where none stands there. */
  target(part: SchemaPart, reference: string): SchemaPart | null;
}

/** Keywords whose value is a value, not a schema. */
const values = new Set(['const', 'enum', 'default', 'examples']);
/** Keywords whose members are schemas under names that somebody chose. */
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']);
const rootAddress = 'schema://root/';

/** All parts, those under unknown keywords too: a reference may lead there. The schema is within the limits, which bound the walk. */
export function schemaParts(root: SchemaObject): SchemaParts {
  const parts = known.get(root) ?? partsIn(root);
  known.set(root, parts);
  return parts;
}

/** Each of the objections to a schema looks at its parts. */
const known = new WeakMap<SchemaObject, SchemaParts>();

function partsIn(root: SchemaObject): SchemaParts {
  const parts = new Map<unknown, SchemaPart>();
  const places = new Map<string, SchemaPart>();
  const visit = (value: unknown, resource: string): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, resource);
    if (!isSchema(value) || typeof value === 'boolean') return;
    const part = { schema: value, resource: resourceOf(value, resource) };
    parts.set(value, part);
    for (const place of placesOf(part, value === root || part.resource !== resource)) if (!places.has(place)) places.set(place, part);
    for (const [keyword, member] of Object.entries(value)) visitMember(keyword, member, (one) => visit(one, part.resource));
  };
  visit(root, rootAddress);
  return { all: [...parts.values()], partOf: (value) => parts.get(value) ?? null, target: (part, reference) => targetOf(part, reference, places, parts) };
}

function visitMember(keyword: string, member: unknown, visit: (value: unknown) => void): void {
  if (values.has(keyword)) return;
  if (!named.has(keyword) || typeof member !== 'object' || member === null) return visit(member);
  for (const one of Object.values(member)) visit(one);
}

function resourceOf(schema: SchemaObject, above: string): string {
  const id = schema['$id'];
  return typeof id === 'string' && !id.startsWith('#') ? addressOf(id, above)?.resource ?? above : above;
}

/** Where a part is found. Drafts 06 and 07 write an anchor as `$id: "#name"`. */
function placesOf({ schema, resource }: SchemaPart, isResource: boolean): readonly string[] {
  const id = schema['$id'];
  const anchors = [schema['$anchor'], schema['$dynamicAnchor'], typeof id === 'string' && id.startsWith('#') ? id.slice(1) : null];
  return [...(isResource ? [`${resource}#`] : []), ...anchors.flatMap((anchor) => (typeof anchor === 'string' ? [`${resource}#${anchor}`] : []))];
}

function targetOf(part: SchemaPart, reference: string, places: ReadonlyMap<string, SchemaPart>, parts: ReadonlyMap<unknown, SchemaPart>): SchemaPart | null {
  const address = addressOf(reference, part.resource);
  if (address === null) return null;
  const { resource, fragment } = address;
  if (!fragment.startsWith('/')) return places.get(`${resource}#${fragment}`) ?? null;
  let value: unknown = places.get(`${resource}#`)?.schema;
  // `#/` is the root for the validator.
  const tokens = fragment === '/' ? [] : fragment.slice(1).split('/');
  for (const token of tokens) value = memberOf(value, token.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts.get(value) ?? null;
}

function memberOf(value: unknown, token: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, token)?.value : undefined;
}

function addressOf(reference: string, base: string): { readonly resource: string; readonly fragment: string } | null {
  const url = URL.parse(reference, base);
  if (url === null) return null;
  const [resource = '', fragment = ''] = url.href.split('#');
  try {
    return { resource, fragment: decodeURIComponent(fragment) };
  } catch {
    return null;
  }
}

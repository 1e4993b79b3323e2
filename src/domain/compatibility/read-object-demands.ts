import { pointerBelow } from '../document/pointer.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { opaqueTerm } from './schema-reading.ts';
import type { SchemaReading } from './schema-reading.ts';
import { and, has, not, or } from './term.ts';
import type { Demand, Term } from './term.ts';

/** What a schema demands of objects. */
export function readObjectDemands(reading: SchemaReading): readonly Demand[] {
  const { schema, termOf } = reading;
  const make = (keyword: string, term: Term, token?: string | number): Demand => {
    const at = pointerBelow(reading.pointer, keyword);
    const written = isJsonObject(schema[keyword]) && typeof token === 'string' ? schema[keyword][token] : schema[keyword];
    return { keyword, pointer: token === undefined ? at : pointerBelow(at, token), written, term };
  };
  const demands = [...listOf(schema['required']).map((name, index) => make('required', { kind: 'required', name }, index)), ...memberDemands(reading, make), ...dependencyDemands(reading, make), ...unevaluatedDemands(reading, make)];
  const { propertyNames, minProperties, maxProperties } = schema;
  if (propertyNames !== undefined) demands.push(make('propertyNames', { kind: 'names', term: termOf(propertyNames) }));
  if (typeof minProperties === 'number' && minProperties > 0) demands.push(make('minProperties', { kind: 'minProperties', count: minProperties }));
  if (typeof maxProperties === 'number') demands.push(make('maxProperties', { kind: 'maxProperties', count: maxProperties }));
  return demands;
}

type Make = (keyword: string, term: Term, token?: string | number) => Demand;

function memberDemands({ schema, termOf }: SchemaReading, make: Make): readonly Demand[] {
  const [properties, patterns] = [membersOf(schema['properties']), membersOf(schema['patternProperties'])];
  const additional = schema['additionalProperties'];
  const rest = { kind: 'additional', names: properties.map(([name]) => name), sources: patterns.map(([source]) => source) } as const;
  return [
    ...properties.map(([name, part]) => make('properties', { kind: 'property', name, term: termOf(part) }, name)),
    ...patterns.map(([source, part]) => make('patternProperties', member({ kind: 'patternProperty', source, term: termOf(part) }), source)),
    ...(additional === undefined ? [] : [make('additionalProperties', member({ ...rest, term: termOf(additional) }))]),
  ];
}

/** What every value satisfies is no demand. A property stays one: its name was thought of. */
function member(atom: Extract<Term, { readonly kind: 'patternProperty' | 'additional' }>): Term {
  return atom.term.kind === 'all' ? atom.term : atom;
}

function dependencyDemands({ schema, termOf, dialect }: SchemaReading, make: Make): readonly Demand[] {
  const isLater = dialect === '2019-09' || dialect === '2020-12';
  const keywords = isLater ? ['dependencies', 'dependentRequired', 'dependentSchemas'] : ['dependencies'];
  return keywords.flatMap((keyword) =>
    membersOf(schema[keyword]).map(([name, part]) => {
      const demanded = Array.isArray(part) ? and(listOf(part).map((one): Term => ({ kind: 'required', name: one }))) : termOf(part);
      return make(keyword, or([not(has(name)), demanded]), name);
    }),
  );
}

function unevaluatedDemands(reading: SchemaReading, make: Make): readonly Demand[] {
  const part = reading.schema['unevaluatedProperties'];
  if (part === undefined || part === true || (reading.dialect !== '2019-09' && reading.dialect !== '2020-12')) return [];
  const described = reading.described();
  if (described === null) return [make('unevaluatedProperties', opaqueTerm(reading, 'unevaluatedProperties'))];
  if (described.allProperties) return [];
  return [make('unevaluatedProperties', member({ kind: 'additional', names: described.names, sources: described.sources, term: reading.termOf(part) }))];
}

function listOf(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  const members: JsonObject = isJsonObject(value) ? value : {};
  return Object.entries(members);
}

import { pointerBelow } from '../document/pointer.ts';
import type { JsonValue } from '../json-value.ts';
import { opaqueTerm } from './schema-reading.ts';
import type { SchemaReading } from './schema-reading.ts';
import { anyType, typeBits } from './term.ts';
import type { Demand, Term } from './term.ts';

/** What a schema demands of lists. */
export function readArrayDemands(reading: SchemaReading): readonly Demand[] {
  const { schema } = reading;
  const make = (keyword: string, term: Term, written: JsonValue | undefined = schema[keyword], token?: number): Demand => {
    const at = pointerBelow(reading.pointer, keyword);
    return { keyword, pointer: token === undefined ? at : pointerBelow(at, token), written, term };
  };
  const { minItems, maxItems, uniqueItems } = schema;
  const demands = [...itemDemands(reading, make), ...containsDemands(reading, make), ...unevaluatedDemands(reading, make)];
  if (typeof minItems === 'number' && minItems > 0) demands.push(make('minItems', { kind: 'minItems', count: minItems }));
  if (typeof maxItems === 'number') demands.push(make('maxItems', { kind: 'maxItems', count: maxItems }));
  if (uniqueItems === true) demands.push(make('uniqueItems', { kind: 'unique' }));
  return demands;
}

type Make = (keyword: string, term: Term, written?: JsonValue, token?: number) => Demand;

/** Places and the rest are `prefixItems` and `items` since 2020-12, before that `items` as a list and `additionalItems`. */
function itemDemands({ schema, dialect, termOf }: SchemaReading, make: Make): readonly Demand[] {
  const { items } = schema;
  const isLatest = dialect === '2020-12';
  const places = isLatest ? schema['prefixItems'] : items;
  const fixed: readonly JsonValue[] = Array.isArray(places) ? places : [];
  const restKeyword = isLatest || !Array.isArray(items) ? 'items' : 'additionalItems';
  const rest = schema[restKeyword];
  const elements = fixed.map((part, index) => make(isLatest ? 'prefixItems' : 'items', { kind: 'element', index, term: termOf(part) }, part, index));
  const isSchema = rest !== undefined && !Array.isArray(rest);
  return [...elements, ...(isSchema ? [make(restKeyword, { kind: 'rest', from: fixed.length, term: termOf(rest) })] : [])].filter(({ term }) => !('term' in term) || term.term.kind !== 'all');
}

function containsDemands({ schema, dialect, termOf }: SchemaReading, make: Make): readonly Demand[] {
  const { contains, minContains, maxContains } = schema;
  if (contains === undefined) return [];
  const isCounted = dialect === '2019-09' || dialect === '2020-12';
  const least = isCounted && typeof minContains === 'number' ? minContains : 1;
  const most = isCounted && typeof maxContains === 'number' ? maxContains : Number.MAX_SAFE_INTEGER;
  if (least === 0 && most === Number.MAX_SAFE_INTEGER) return [];
  return [make('contains', least > most ? { kind: 'type', types: anyType & ~typeBits.array } : { kind: 'contains', term: termOf(contains), least, most })];
}

function unevaluatedDemands(reading: SchemaReading, make: Make): readonly Demand[] {
  const part = reading.schema['unevaluatedItems'];
  if (part === undefined || part === true || (reading.dialect !== '2019-09' && reading.dialect !== '2020-12')) return [];
  const described = reading.described();
  if (described === null) return [make('unevaluatedItems', opaqueTerm(reading, 'unevaluatedItems'))];
  if (described.items === Infinity) return [];
  return [make('unevaluatedItems', { kind: 'rest', from: described.items, term: reading.termOf(part) })];
}

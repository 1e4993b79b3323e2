import type { DifferenceKind } from './difference-kind.ts';
import type { Demand } from './term.ts';

/** The difference that a demand makes whose keyword the validator or the comparison names. */
export function kindOfKeyword(keyword: string): DifferenceKind {
  return kinds.get(keyword) ?? 'value_forbidden';
}

/** Which kind of difference a demand makes, given what the writing schema demanded at the same place. */
export function kindOfDemand(demand: Demand, before: readonly Demand[]): DifferenceKind {
  const { keyword, term } = demand;
  if (keyword === 'type') return isOfOtherType(demand, before) ? 'type_changed' : 'type_narrowed';
  if (keyword === 'enum' || keyword === 'const') return before.length > 0 ? 'enum_narrowed' : 'enum_added';
  if ((keyword === 'items' || keyword === 'prefixItems') && term.kind === 'element') return 'tuple_item_narrowed';
  if (keyword === 'items' && term.kind === 'rest' && term.from > 0) return 'additional_items_narrowed';
  return kindOfKeyword(keyword);
}

function isOfOtherType({ term }: Demand, before: readonly Demand[]): boolean {
  const types = bitsOf(term);
  return types !== null && before.some((one) => (bitsOf(one.term) ?? types) !== 0 && ((bitsOf(one.term) ?? types) & types) === 0);
}

function bitsOf(term: Demand['term']): number | null {
  if (term.kind === 'type') return term.types;
  return term.kind === 'and' ? term.terms.reduce<number | null>((found, one) => found ?? bitsOf(one), null) : null;
}

const kinds: ReadonlyMap<string, DifferenceKind> = new Map([
  ['type', 'type_narrowed'],
  ['enum', 'enum_narrowed'],
  ['const', 'enum_narrowed'],
  ['minimum', 'minimum_raised'],
  ['exclusiveMinimum', 'minimum_raised'],
  ['maximum', 'maximum_lowered'],
  ['exclusiveMaximum', 'maximum_lowered'],
  ['multipleOf', 'multiple_of_changed'],
  ['minLength', 'min_length_raised'],
  ['maxLength', 'max_length_lowered'],
  ['pattern', 'pattern_changed'],
  ['format', 'format_changed'],
  ['contentEncoding', 'content_changed'],
  ['contentMediaType', 'content_changed'],
  ['contentSchema', 'content_changed'],
  ['required', 'required_added'],
  ['properties', 'property_narrowed'],
  ['patternProperties', 'pattern_property_narrowed'],
  ['additionalProperties', 'additional_properties_narrowed'],
  ['propertyNames', 'property_names_narrowed'],
  ['unevaluatedProperties', 'unevaluated_properties_narrowed'],
  ['minProperties', 'min_properties_raised'],
  ['maxProperties', 'max_properties_lowered'],
  ['dependencies', 'dependency_added'],
  ['dependentRequired', 'dependency_added'],
  ['dependentSchemas', 'dependency_added'],
  ['items', 'items_narrowed'],
  ['prefixItems', 'tuple_item_narrowed'],
  ['additionalItems', 'additional_items_narrowed'],
  ['unevaluatedItems', 'unevaluated_items_narrowed'],
  ['contains', 'contains_narrowed'],
  ['minItems', 'min_items_raised'],
  ['maxItems', 'max_items_lowered'],
  ['uniqueItems', 'unique_items_added'],
  ['anyOf', 'any_of_narrowed'],
  ['oneOf', 'one_of_narrowed'],
  ['oneOf/overlap', 'one_of_overlap'],
  ['not', 'not_widened'],
  ['then', 'conditional_narrowed'],
  ['else', 'conditional_narrowed'],
  ['if', 'conditional_narrowed'],
]);

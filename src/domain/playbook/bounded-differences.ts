import type { JsonValue } from '../json-value.ts';
import type { Difference } from './measured-drift.ts';

/** Characters of all values of one side together: the samples of one metric fit into them. */
const mostCharacters = 131_072;

/**
 * The same differences, each told, with values as far as there is room for them: a source may answer a megabyte that a hundred metrics point at. A value
 * without room is not told. What was agreed has its room alone, so that no answer changes which of it is there.
 */
export function boundedDifferences(differences: readonly Difference[]): readonly Difference[] {
  const [expected, found] = [room(), room()];
  return differences.map((difference) => ({ ...difference, expected: expected(difference.expected), found: found(difference.found) }));
}

function room(): (value: JsonValue) => JsonValue {
  let left = mostCharacters;
  return (value) => {
    const size = JSON.stringify(value).length;
    if (size > left) return null;
    left -= size;
    return value;
  };
}

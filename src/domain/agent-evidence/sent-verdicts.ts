import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';

export interface WithoutVerdicts {
  readonly value: JsonValue;
  /** JSON pointers of what was taken out. */
  readonly ignored: readonly string[];
}

const verdicts = new Set(['verdict', 'verified_by_rag']);

/** A document without what the agent says came of checking it: that is not for it to say. */
export function sentVerdicts(value: JsonValue, pointer = ''): WithoutVerdicts {
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue, index) => sentVerdicts(item, `${pointer}/${index}`));
    return { value: items.map((item) => item.value), ignored: items.flatMap(({ ignored }) => ignored) };
  }
  if (!isJsonObject(value)) return { value, ignored: [] };
  const members = Object.entries(value).map(([name, item]) => ({ name, place: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, item }));
  const kept = members.filter(({ name }) => !verdicts.has(name)).map(({ name, place, item }) => ({ name, inner: sentVerdicts(item, place) }));
  return {
    value: Object.fromEntries(kept.map(({ name, inner }) => [name, inner.value])),
    ignored: [...members.filter(({ name }) => verdicts.has(name)).map(({ place }) => place), ...kept.flatMap(({ inner }) => inner.ignored)],
  };
}

import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { ConfigurationKey } from './configuration-key.ts';
import type { Violation } from './describe-violation.ts';

/** Items of one list that claim one name: nobody could tell which of them counts. */
export function repeatedIdentities(key: ConfigurationKey, value: JsonValue | undefined, pointer = ''): readonly Violation[] {
  switch (key.kind) {
    case 'value':
    case 'map':
      return [];
    case 'group':
      return Object.entries(key.keys).flatMap(([name, below]) => repeatedIdentities(below, isJsonObject(value) ? value[name] : undefined, `${pointer}/${name}`));
    case 'list':
      return key.identity === null || !Array.isArray(value) ? [] : repeatedIn(value, key.identity, pointer);
  }
}

function repeatedIn(items: readonly JsonValue[], identity: string, pointer: string): readonly Violation[] {
  const names = items.map((item) => (isJsonObject(item) ? item[identity] : undefined));
  return names.flatMap((name, index) => {
    if (typeof name !== 'string' || names.indexOf(name) === index) return [];
    return [
      {
        pointer: `${pointer}/${index}/${identity}`,
        message: `Cannot use \`${pointer.slice(1).replaceAll('/', '.')}.${index}\`: found the ${identity} ${quoted(name)} again, expected each ${identity} once.`,
        expected: `each ${identity} once`,
        found: `${quoted(name)} twice`,
        next: `Give one of them another ${identity}, or make them one.`,
      },
    ];
  });
}

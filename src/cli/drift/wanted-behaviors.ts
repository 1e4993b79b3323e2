import type { Behavior } from '../../domain/behavior/behavior.ts';
import { Failure } from '../../domain/failure.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import type { MeasuredNow } from '../../flows/measure-behaviors.ts';

/** Notes the names of behaviours as they are met, and says which were asked for and are none. */
export interface WantedBehaviors {
  readonly isWanted: (behavior: Behavior) => boolean;
  /** @throws Failure USAGE for a name that no behaviour has, unless a file that can not be read may have it. */
  readonly assertAllMet: (measured: readonly MeasuredNow[]) => void;
}

/** @param names Empty: all of them. */
export function wantedBehaviors(names: readonly string[]): WantedBehaviors {
  const met = new Set<string>();
  return {
    isWanted: ({ name }) => {
      met.add(name);
      return names.length === 0 || names.includes(name);
    },
    assertAllMet: (measured) => {
      const missing = names.find((name) => !met.has(name));
      if (missing === undefined || measured.some(({ kind }) => kind === 'broken')) return;
      const near = nearestWord(missing, [...met]);
      const why = met.size === 0 ? 'the configuration names no behaviour, expected one of that name' : `there is none of that name, expected one of ${[...met].toSorted().slice(0, 20).join(', ')}`;
      throw new Failure('USAGE', `Cannot measure the behaviour ${JSON.stringify(missing.slice(0, 80))}: ${why}.${near === null ? '' : ` Did you mean ${near}?`}`);
    },
  };
}

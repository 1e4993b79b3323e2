import { canonicalText } from '../canonical.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { effectiveReport } from './effective-report.ts';
import type { EffectiveKey } from './effective-report.ts';

/** One key of the configuration in force that a change would set, end or move. */
export interface EffectiveChange {
  /** Dotted, as `config show --effective` has it; of a list without names that of the list. */
  readonly key: string;
  /** Null: the key, or the item of the list, was not there. */
  readonly from: JsonValue | null;
  readonly to: JsonValue | null;
  /** Who sets it afterwards, or did before it went. */
  readonly setBy: EffectiveKey['setBy'];
}

export interface LevelsOfChange {
  /** Of the organisation, as it is or as the change has it. */
  readonly before: { readonly organization: JsonObject | null; readonly repository: JsonObject | null };
  readonly after: { readonly organization: JsonObject | null; readonly repository: JsonObject | null };
  readonly defaultBranch: string;
}

/** What is in force otherwise once a change of a configuration is merged, in the order of the schema. */
export function effectOfChange({ before, after, defaultBranch }: LevelsOfChange): readonly EffectiveChange[] {
  const [from, to] = [slotsOf(effectiveReport({ ...before, defaultBranch })), slotsOf(effectiveReport({ ...after, defaultBranch }))];
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((slot) => changeOf(from.get(slot), to.get(slot)));
}

/** By key; items of a list without names by their value, since their numbers move when one goes. */
function slotsOf(keys: readonly EffectiveKey[]): ReadonlyMap<string, EffectiveKey> {
  return new Map(keys.map((one) => {
    const list = /^(.+)\.\d+$/.exec(one.key)?.[1];
    return list === undefined ? [one.key, one] : [`${list} ${canonicalText(one.value)}`, { ...one, key: list }];
  }));
}

function changeOf(from: EffectiveKey | undefined, to: EffectiveKey | undefined): readonly EffectiveChange[] {
  const shown = to ?? from;
  if (shown === undefined || (from !== undefined && to !== undefined && canonicalText(from.value) === canonicalText(to.value))) return [];
  return [{ key: shown.key, from: from?.value ?? null, to: to?.value ?? null, setBy: shown.setBy }];
}

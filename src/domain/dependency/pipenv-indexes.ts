import { harmlessSettings } from './harmless-settings.ts';
import { membersOf, toldIndex } from './told-index.ts';

/** An index of Pipenv, by the name that packages ask for it. */
export interface PipenvIndex {
  readonly name: string;
  /** Without its name: what packages ask for by another name is the same. */
  readonly told: string;
}

/** @param sources What a `Pipfile` has as `source`, and its lock file in `_meta`. */
export function pipenvIndexes(sources: unknown): readonly PipenvIndex[] {
  return [sources ?? []].flat().map((source) => {
    const { name, ...rest } = membersOf(source);
    return { name: String(name), told: toldIndex(typeof source === 'object' ? rest : source) };
  });
}

/** Of one name all indexes count; what names none stands for itself. */
export function indexByName(indexes: readonly PipenvIndex[]): (name: string) => string {
  const named = Map.groupBy(indexes, ({ name }) => name);
  return (name) => named.get(name)?.map(({ told }) => told).join(' ') ?? name;
}

/** Settings of it but the harmless: they count as indexes do. @param settings The table `pipenv` of a `Pipfile`. */
export function pipenvSettings(settings: unknown): readonly string[] {
  return Object.entries(membersOf(settings)).filter(([name]) => !harmlessSettings.pipenv.has(name)).map(([name, value]) => `(pipenv.${name} = ${JSON.stringify(value)})`).toSorted();
}

/** An index of Pipenv, by the name that packages ask for it. */
export interface PipenvIndex {
  readonly name: string;
  /** Its address, with all else that is said of it: `verify_ssl = false` makes it another index. */
  readonly told: string;
}

/** @param sources What a `Pipfile` has as `source`, and its lock file in `_meta`. */
export function pipenvIndexes(sources: unknown): readonly PipenvIndex[] {
  return [sources ?? []].flat().map((source) => {
    const { name, url, ...rest } = membersOf(source);
    const settings = Object.entries(rest).filter(([key, value]) => key !== 'verify_ssl' || value !== true).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    return { name: String(name), told: [typeof url === 'string' ? url : JSON.stringify(url ?? source), ...settings.toSorted()].join(' ') };
  });
}

function membersOf(source: unknown): Readonly<Record<string, unknown>> {
  return typeof source === 'object' && source !== null ? { ...source } : {};
}

/** Of one name all indexes count; what names none stands for itself. */
export function indexByName(indexes: readonly PipenvIndex[]): (name: string) => string {
  const named = Map.groupBy(indexes, ({ name }) => name);
  return (name) => named.get(name)?.map(({ told }) => told).join(' ') ?? name;
}

/** Settings that say where packages come from, by their names, with their values to compare. These may have a password: they are not told. */
export type SourceSettings = ReadonlyMap<string, string>;

/** Of one setting that is written more than once all values count. */
export function settingsOf(written: readonly (readonly [string, string])[]): SourceSettings {
  return new Map([...Map.groupBy(written, ([name]) => name)].map(([name, values]) => [name, values.map(([, value]) => value).join('\n')]));
}

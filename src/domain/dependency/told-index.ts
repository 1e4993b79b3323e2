/** What is said of an index, to compare: its address and all else in the order of the names, since every setting may make it another index. That its certificates are checked it says by nothing, too. */
export function toldIndex(source: unknown): string {
  const { url, ...rest } = membersOf(source);
  const settings = Object.entries(rest).filter(([key, value]) => key !== 'verify_ssl' || value !== true).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return [typeof url === 'string' ? url : JSON.stringify(url ?? source), ...settings.toSorted()].join(' ');
}

export function membersOf(source: unknown): Readonly<Record<string, unknown>> {
  return typeof source === 'object' && source !== null ? { ...source } : {};
}

/** What is asked for, in one spelling: members by name, without what is not asked for, and without the place in its pages. */
export function queryText(operation: string, asked: Readonly<Record<string, unknown>>): string {
  const said = Object.entries(asked).filter(([name, value]) => value !== null && name !== 'cursor' && name !== 'limit');
  return [operation, ...said.toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}=${textOf(value)}`)].join(' ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

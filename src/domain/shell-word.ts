/** A path comes from the pull request: quoted, it stays one word in a shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

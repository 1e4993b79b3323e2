/** A path comes from the pull request: quoted, it stays one word in a shell, and no command takes it for an option. */
export function shellWord(path: string): string {
  return quotedWord(path.startsWith('-') ? `./${path}` : path);
}

/** A path for a git command: one that git would take for a pattern is named literally. */
export function pathWord(path: string): string {
  return /[*?[\\]|^:/.test(path) ? quotedWord(`${literally}${path}`) : shellWord(path);
}

/** What makes git take a path for itself. */
export const literally = ':(literal)';

/** As `shellWord`, for a word that is no path and stays as it is. */
export function quotedWord(text: string): string {
  return /^[A-Za-z0-9_./@:+-][A-Za-z0-9_./@:+=-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** What a word that was quoted here stands for. */
export function unquoted(word: string): string {
  return word.replaceAll(/'([^']*)'|\\'/g, (_, inside: string | undefined) => inside ?? "'");
}

/** The command that mends a finding, ready to type. */
export function contractCommand(verb: 'bump', path: string): string {
  return `\`plumbline contract ${verb} ${shellWord(path)}\``;
}

/** A path comes from the pull request: quoted, it stays one word in a shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export const waitForRetry = 'Nothing in your change caused this. It is tried again by itself; `/plumbline recheck` tries at once.';

/** What an author writes to release changed content: a version of its own that names the one it follows. */
export function releaseAnew(newest: { readonly version: string; readonly contentHash: string }): string {
  return `Set contractVersion to a version greater than ${newest.version} and previousContractRef to \`${newest.contentHash}\`, or restore the released content.`;
}

/** A path comes from the pull request: quoted, it stays one word in a shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./@:+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export const waitForRetry = 'Nothing in your change caused this. It is tried again by itself; re-running the check tries at once.';

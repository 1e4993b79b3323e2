/**
 * The key under which a branch's record state stands: an entry may hold several branches, each with its own history.
 * No entry is named with nothing: that is how far a branch was looked at that is not governed itself.
 */
export function recordKey(entry: string, branch: string): string {
  return `${entry}@${branch}`;
}

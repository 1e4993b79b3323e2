/**
 * Differences between the emulator's answers and GitHub's description that do not matter to Plumbline, each with its reason.
 * A line about a request is never tolerated: what we send must be right.
 */
const tolerated: readonly { readonly line: RegExp; readonly why: string }[] = [];

export function toleratedIn(line: string): boolean {
  return !line.includes(' request: ') && tolerated.some((one) => one.line.test(line));
}

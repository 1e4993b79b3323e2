import { markdownCode } from './escape.ts';

/** A command as a reader copies it. */
export function commandLine(rest: string): string {
  return markdownCode(`/plumbline ${rest}`);
}

/** Characters of a head that tell it from others, and that a command takes. */
export function shortSha(sha: string): string {
  return sha.slice(0, 12);
}

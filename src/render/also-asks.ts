import { terminalText } from './escape.ts';

/** The last line of a local run: what only the App can ask. Empty when nothing is left out. */
export function alsoAsksLine(alsoAsks: readonly string[] | undefined): string {
  return alsoAsks === undefined || alsoAsks.length === 0 ? '' : `the App will also ask: ${alsoAsks.map(terminalText).join('; ')}`;
}

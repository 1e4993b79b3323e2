import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';
import type { Fingerprint } from './fingerprint.ts';

/** What the last lines of a remediation's text say, by which the pull request is found again. */
export interface Trailer {
  readonly fingerprint: Fingerprint;
  /** Digest of the plan: the files that the fix writes. */
  readonly plan: Digest;
  /** The head that we pushed. */
  readonly head: Sha;
  /** The tip of the base that the plan was made for. */
  readonly base: Sha;
  readonly generation: number;
}

/** The names of the lines, in their order. */
export const trailerNames = ['Plumbline-Fingerprint', 'Plumbline-Plan', 'Plumbline-Head', 'Plumbline-Base', 'Plumbline-Generation'] as const;

/** Characters (UTF-16 units) of a text that GitHub takes for a pull request. */
const mostCharacters = 65_535;

const cut = '\n\nThe rest is left out: GitHub takes no longer text.';

/** The text of a pull request with its trailer, within GitHub's limit: what is too long is cut before the trailer. Lines of the text that look like ours are escaped. */
export function bodyWithTrailer(text: string, trailer: Trailer): string {
  const end = `\n\n${trailerText(trailer)}\n`;
  const escaped = text.toWellFormed().replaceAll(/(^|[\r\n])(?=Plumbline-(?:Fingerprint|Plan|Head|Base|Generation):)/gi, (start) => `${start}\\`);
  if (escaped.length + end.length <= mostCharacters) return escaped + end;
  // Half of a surrogate pair that the cut leaves becomes U+FFFD.
  return escaped.slice(0, mostCharacters - cut.length - end.length).toWellFormed() + cut + end;
}

/** The lines alone. */
function trailerText({ fingerprint, plan, head, base, generation }: Trailer): string {
  const values = [fingerprint, plan, head, base, String(generation)];
  return trailerNames.map((name, index) => `${name}: ${values[index] ?? ''}`).join('\n');
}

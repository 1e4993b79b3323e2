import { digestOfBytes } from '../digest.ts';
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
  /** Digest of the text above them, as we wrote it: any other is a person's. */
  readonly text: Digest;
}

/** The names of the lines, in their order. */
export const trailerNames = ['Plumbline-Fingerprint', 'Plumbline-Plan', 'Plumbline-Head', 'Plumbline-Base', 'Plumbline-Generation', 'Plumbline-Text'] as const;

/** Begins a line as one of ours does. */
export const trailerLine = new RegExp(`^(?:${trailerNames.join('|')}):`, 'i');

/** Characters (UTF-16 units) of a text that GitHub takes for a pull request. */
const mostCharacters = 65_535;

const cut = '\n\nThe rest is left out: GitHub takes no longer text.';

/** The text of a pull request with its trailer, within GitHub's limit: what is too long is cut before the trailer. Lines of the text that look like ours are escaped. */
export function bodyWithTrailer(text: string, trailer: Omit<Trailer, 'text'>): string {
  const escaped = textLines(text).map((line) => (trailerLine.test(line) ? `\\${line}` : line)).join('\n');
  // All digests are of one length.
  const most = mostCharacters - bodyOf('', { ...trailer, text: trailer.fingerprint }).length;
  // Half of a surrogate pair that the cut leaves becomes U+FFFD.
  const whole = escaped.length <= most ? escaped : escaped.slice(0, most - cut.length).toWellFormed() + cut;
  return bodyOf(whole, { ...trailer, text: textDigest(whole) });
}

/** A text as it is, with the trailer below it: where a person wrote it, the digest stays that of ours. */
export function bodyOf(text: string, { fingerprint, plan, head, base, generation, text: written }: Trailer): string {
  const values = [fingerprint, plan, head, base, String(generation), written];
  return `${text}\n\n${trailerNames.map((name, index) => `${name}: ${values[index] ?? ''}`).join('\n')}\n`;
}

/** Of a text, whatever ends its lines. */
export function textLines(text: string): readonly string[] {
  return text.toWellFormed().split(/\r\n|\r|\n/);
}

/** Of what stands above the trailer. Line ends, and what is blank at the end, do not count: forms change them. */
export function textDigest(text: string): Digest {
  return digestOfBytes(textLines(text).join('\n').trimEnd());
}

import { quoted } from '../../domain/finding.ts';
import { quotedWord } from '../../domain/shell-word.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import type { WorkingFile } from './working-file.ts';

/** Ids that a message names. */
const mostNamed = 5;

/** The command that makes a key, for a base that has none. */
export const makeKey = 'plumbline contract key local:contracts --private <private key file>';

/** What is left to do before a contract that needs a signature can be merged. @param reference Its `kmsKeyRef`. */
export function signingStep({ words }: WorkingFile, reference: string | null, keys: readonly PublicKey[]): string {
  const sign = `plumbline contract sign ${words} --key <private key file>`;
  if (reference !== null) return isOfThisDisk(reference) ? `Next: ${sign}` : `Next: sign it with the key service that keeps ${quoted(reference)}, and put the detached JWS into \`signature\`.`;
  const [only, ...others] = keys.map(({ kid }) => kid);
  if (only === undefined) return `It names no key and the base has none. Next: ${makeKey}, merge the key file, then: ${sign} --kid local:contracts`;
  if (others.length > 0) return `It names no key: set kmsKeyRef to ${someOf(keys)}. Next: ${sign}`;
  return isOfThisDisk(only) ? `Next: ${sign} --kid ${quotedWord(only)}` : `Next: set kmsKeyRef to ${quoted(only)}, sign it with the key service that keeps it, and put the detached JWS into \`signature\`.`;
}

/** What `kmsKeyRef` may become. */
export function someOf(keys: readonly PublicKey[]): string {
  const named = keys.slice(0, mostNamed).map(({ kid }) => quoted(kid)).join(' or ');
  return keys.length > mostNamed ? `${named}, or another key of the base` : named;
}

/** Only keys of this disk sign with our command. */
function isOfThisDisk(kid: string): boolean {
  return kid.startsWith('local:');
}

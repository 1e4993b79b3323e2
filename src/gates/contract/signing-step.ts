import { quoted } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { quotedWord, shellWord } from '../../domain/shell-word.ts';
import type { KnownKeys, Trouble } from './key-source.ts';
import { endOf } from './signature-claim.ts';

/** Ids that a message names. */
const mostNamed = 5;

/** The command that makes a key where none is known. */
export const makeKey = '`plumbline contract key local:contracts --private <private key file>`';

/** What is left to do for a contract that needs a signature. @param reference Its `kmsKeyRef`. @param now In milliseconds: a key that has ended signs nothing new. */
export function signingStep(path: string, reference: JsonValue | undefined, known: KnownKeys, now: number): string {
  if (namesKey(reference)) return `${capitalized(signCommand(path, reference))}.`;
  const choice = keyChoice(known, now);
  switch (choice.kind) {
    case 'none':
      return `It names no key, and none is known. Run ${makeKey}, merge the key file, then ${signCommand(path, null, 'local:contracts')}.`;
    case 'one':
      return isOfThisDisk(choice.kid) ? `${capitalized(signCommand(path, null, choice.kid))}.` : `Set kmsKeyRef to ${quoted(choice.kid)}, then ${signCommand(path, choice.kid)}.`;
    case 'open':
      return `It names no key. ${choosing(choice)}, then ${signCommand(path, 'local:')}.`;
  }
}

/** The key that a contract may name. `open`: there are several, or there may be, for some could not be read. */
export type KeyChoice = { readonly kind: 'none' } | { readonly kind: 'one'; readonly kid: string } | { readonly kind: 'open'; readonly kids: readonly string[]; readonly lost: Trouble | null };

export function keyChoice({ keys, unusable, unavailable }: KnownKeys, now: number): KeyChoice {
  const kids = [...new Set(keys.filter((key) => endOf(key) > now).map(({ kid }) => kid))];
  const [lost] = [...unavailable, ...unusable];
  const [only, ...others] = kids;
  if (lost !== undefined || others.length > 0) return { kind: 'open', kids, lost: lost ?? null };
  return only === undefined ? { kind: 'none' } : { kind: 'one', kid: only };
}

/** Asks the author to choose. */
export function choosing({ kids, lost }: Extract<KeyChoice, { kind: 'open' }>): string {
  const named = kids.slice(0, mostNamed).map((kid) => quoted(kid)).join(' or ');
  const words = named === '' ? 'the key that signs it' : `${named}${lost !== null || kids.length > mostNamed ? ', or another key' : ''}`;
  return `${lost === null ? '' : `Not all keys are known (${lost.what}: ${lost.why}). `}Set kmsKeyRef to ${words}`;
}

/** Only keys of this disk sign with our command; another is asked where it is kept. @param kid Which one it is, where the contract names none. */
export function signCommand(path: string, reference: JsonValue | undefined, kid: string | null = null): string {
  if (namesKey(reference) && !isOfThisDisk(reference)) return `sign with the key service that keeps ${quoted(reference)}, and put the detached JWS into \`signature\``;
  const option = namesKey(reference) ? '' : ` --kid ${kid === null ? 'local:<name>' : quotedWord(kid)}`;
  return `run \`plumbline contract sign ${shellWord(path)} --key <private key file>${option}\``;
}

/** Whether a `kmsKeyRef` is one. */
export function namesKey(reference: JsonValue | undefined): reference is string {
  return typeof reference === 'string' && reference !== '';
}

function isOfThisDisk(kid: string): boolean {
  return kid.startsWith('local:');
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

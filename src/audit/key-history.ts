import type { Digest } from '../domain/digest.ts';
import { bytesToSign } from './key-statement.ts';
import type { KeyPurpose, KeyStatement, SignedKeyStatement } from './key-statement.ts';
import { isSignedBy } from './signing-key.ts';
import type { SigningKey } from './signing-key.ts';
import { isKeyName, verifierKeyOf } from './verifier-key.ts';
import type { VerifierKey } from './verifier-key.ts';

/** A key that is trusted for a log, and over which sizes of the log it may sign checkpoints. */
interface KnownKey {
  readonly key: SigningKey;
  /** Null: whoever trusts it did not say. */
  readonly purpose: KeyPurpose | null;
  readonly least: number;
  /** Null: it was not replaced. */
  readonly most: number | null;
}

/**
 * Follows the statements of a log from keys that are trusted to their successors, in the order of the log. A statement counts only by a
 * key that is trusted and not replaced. A log key names the next one; the signing key names log keys and the signing key after it; a log key
 * names the first signing key, and no later one, so that whoever steals a log key does not have the other with it.
 */
export class KeyHistory {
  readonly #log: string;
  readonly #known = new Map<Digest, KnownKey>();
  readonly #current: Record<KeyPurpose, Digest | null> = { log: null, signing: null };
  /** By sequence: what was accepted, so that it may be said twice. */
  readonly #accepted = new Map<number, string>();
  /** What the reader trusts to sign by more than a log key's word. */
  readonly #trustedSigning: ReadonlySet<Digest>;
  #sequence = 0;

  constructor(log: string, trusted: readonly SigningKey[]) {
    this.#log = log;
    for (const key of trusted) this.#known.set(key.id, { key, purpose: key.algorithm === 'Ed25519' ? null : 'signing', least: 0, most: null });
    this.#trustedSigning = new Set(trusted.filter(({ algorithm }) => algorithm !== 'Ed25519').map(({ id }) => id));
  }

  /** How many statements were made. */
  get sequence(): number {
    return this.#sequence;
  }

  /** The key that statements name for a purpose; null when none was made. */
  current(purpose: KeyPurpose): Digest | null {
    return this.#current[purpose];
  }

  /** All that are trusted by now, replaced ones too. */
  keys(): readonly SigningKey[] {
    return [...this.#known.values()].map(({ key }) => key);
  }

  /** Those of them that may sign checkpoints, named as the log. */
  logKeys(): readonly VerifierKey[] {
    if (!isKeyName(this.#log)) return [];
    return this.keys().flatMap(({ algorithm, spki }) => (algorithm === 'Ed25519' ? [verifierKeyOf(this.#log, spki.subarray(-rawLength))] : []));
  }

  isReplaced(id: Digest): boolean {
    return (this.#known.get(id)?.most ?? null) !== null;
  }

  /** Whether a key may have signed a checkpoint over so many entries. */
  isGoodFor(id: Digest, size: number): boolean {
    const known = this.#known.get(id);
    return known !== undefined && known.purpose !== 'signing' && size >= known.least && (known.most === null || size <= known.most);
  }

  /**
   * Takes the statement that stands at a sequence of the log.
   * @returns Null when it counts, or says nothing: it is by a key that nobody here trusts, or a log key names a first signing key where the reader trusts others; else what is wrong with it.
   */
  take({ statement, signer, signature }: SignedKeyStatement, at: number): string | null {
    if (statement.log !== this.#log) return 'its statement about a key is of another log';
    const by = this.#known.get(signer);
    if (by === undefined || this.#isBesideTrust(statement, by)) {
      this.#sequence = Math.max(this.#sequence, statement.sequence);
      return null;
    }
    if (!isSignedBy(by.key, bytesToSign(statement), signature)) return 'the signature of its statement about a key is wrong';
    // Replicas that change to the same key at once may all say so.
    if (this.#accepted.get(statement.sequence) === gistOf(statement)) return null;
    if (by.most !== null) return 'its statement about a key is by a key that was replaced before';
    const why = this.#refusalOf(statement, by);
    if (why === null) this.#accept(statement, at);
    return why;
  }

  /** Whoever stole a log key could name a signing key of their own before ours is; but the reader may also trust only a later one than the first. */
  #isBesideTrust({ purpose, key }: KeyStatement, by: KnownKey): boolean {
    return purpose === 'signing' && this.#current.signing === null && this.#trustedSigning.size > 0 && !this.#trustedSigning.has(key.id) && !this.#trustedSigning.has(by.key.id);
  }

  #refusalOf({ purpose, sequence, key, replaces }: KeyStatement, by: KnownKey): string | null {
    const current = this.#current[purpose];
    if (sequence !== this.#sequence + 1) return `its statement about a key is number ${sequence}, expected ${this.#sequence + 1}`;
    if (this.isReplaced(key.id)) return 'its statement names a key that was replaced before';
    if (current === key.id && replaces === null) return null;
    if (purpose === 'signing' && this.#current.signing !== null && by.key.id !== this.#current.signing) return 'its statement about a signing key is not by the signing key before it';
    if (current !== null && (replaces === null || !this.#known.has(replaces))) return 'its statement replaces another key than the one in force';
    if (replaces !== null && this.isReplaced(replaces)) return 'its statement replaces a key that was replaced before';
    return replaces === key.id ? 'its statement replaces a key by itself' : null;
  }

  /** A key that replaces none was in use already: it is only certified. */
  #accept({ purpose, sequence, key, replaces }: KeyStatement, at: number): void {
    const replaced = replaces === null ? undefined : this.#known.get(replaces);
    if (replaced !== undefined) this.#known.set(replaced.key.id, { ...replaced, most: at });
    if (!this.#known.has(key.id)) this.#known.set(key.id, { key, purpose, least: replaces === null ? 0 : at + 1, most: null });
    else if (replaces !== null) this.#known.set(key.id, { key, purpose, least: at + 1, most: null });
    this.#current[purpose] = key.id;
    this.#sequence = sequence;
    this.#accepted.set(sequence, gistOf({ purpose, key, replaces }));
  }
}

function gistOf({ purpose, key, replaces }: Pick<KeyStatement, 'purpose' | 'key' | 'replaces'>): string {
  return `${purpose} ${key.id} ${replaces ?? ''}`;
}

const rawLength = 32;

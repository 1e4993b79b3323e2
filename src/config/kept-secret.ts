import { Failure, failureOf } from '../domain/failure.ts';
import type { Log } from '../flows/ports/log.ts';
import type { SecretSource } from '../flows/ports/secret-source.ts';
import type { Secret } from './secret.ts';
import type { Setting } from './settings.ts';
import { Unprinted } from './unprinted.ts';

export interface KeptSecretOptions {
  /** The setting that says where it is. */
  readonly name: string;
  readonly source: SecretSource;
  /** Whether a text may be the secret, and in what form it is used; null says that there is none. */
  readonly check: (text: string | null) => Setting<Secret | null>;
  /** What was read and checked with the settings; undefined where that was not possible yet. */
  readonly first: Secret | null | undefined;
  /** Milliseconds that never go back. */
  readonly elapsed?: () => number;
}

export interface SecretWatch {
  readonly log: Log;
  /** Is told each value before it is used, so that it is printed nowhere. */
  readonly onValue: (value: string) => void;
}

/** Whoever sends wrong signatures, and however many, asks no more often. */
const coolDownMs = 10_000;

/**
 * A secret that may be replaced while the server runs. What it was last stays in force while its source is away, or says
 * something that can not be it. Never prints.
 */
export class KeptSecret extends Unprinted {
  readonly #options: KeptSecretOptions;
  readonly #elapsed: () => number;
  #value: Secret | null | undefined;
  #watch: SecretWatch | null = null;
  #reading: Promise<boolean> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(options: KeptSecretOptions) {
    super();
    this.#options = options;
    this.#elapsed = options.elapsed ?? (() => performance.now());
    this.#value = options.first;
  }

  /** The value in force; null where there is none. @throws Failure KEY_UNAVAILABLE when it was not read yet. */
  reveal(): string | null {
    if (this.#value === undefined) throw new Failure('KEY_UNAVAILABLE', `Cannot use ${this.#options.name}: it was not read yet, expected that the server reads it first.`);
    return this.#value?.reveal() ?? null;
  }

  /** Reads what could not be read with the settings. @throws Failure of the source, or CONFIG_INVALID when the value can not be it. */
  async open(): Promise<void> {
    if (this.#value === undefined) this.#value = await this.#read();
  }

  /** From now on tells what happens to it. */
  watch(watch: SecretWatch): void {
    this.#watch = watch;
    const value = this.reveal();
    if (value !== null) watch.onValue(value);
  }

  /** Reads it anew. Never throws: what is wrong is warned of. @returns Whether another value is in force now. */
  async refresh(): Promise<boolean> {
    if (!this.#options.source.isRead) return false;
    this.#reading ??= this.#replace().finally(() => {
      this.#reading = null;
    });
    return await this.#reading;
  }

  /** As `refresh`, after somebody was refused with it, or because of it: not more often than every ten seconds. */
  async refreshAfterRefusal(): Promise<boolean> {
    if (this.#reading === null && this.#elapsed() - this.#readAt < coolDownMs) return false;
    return await this.refresh();
  }

  async #replace(): Promise<boolean> {
    this.#readAt = this.#elapsed();
    const before = this.#value?.reveal() ?? null;
    try {
      const found = await this.#read();
      const value = found?.reveal() ?? null;
      if (value === before) return false;
      if (value !== null) this.#watch?.onValue(value);
      this.#value = found;
      this.#watch?.log.info('secret replaced', { name: this.#options.name });
      return true;
    } catch (thrown) {
      this.#watch?.log.warn('secret not read, the last good one stays', { name: this.#options.name, failure: failureOf(thrown, 'KEY_UNAVAILABLE') });
      return false;
    }
  }

  async #read(): Promise<Secret | null> {
    const setting = this.#options.check(await this.#options.source.read());
    if (setting.kind === 'good') return setting.value;
    throw new Failure('CONFIG_INVALID', `Cannot use ${this.#options.name}: ${setting.why}. Put the right value there.`);
  }
}

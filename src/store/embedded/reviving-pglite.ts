import { statfs } from 'node:fs/promises';
import type { PGlite, PGliteQueryOptions, PGliteQueryResults, PGliteTransaction } from 'kysely';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { BreakingPGlite } from './breaking-pglite.ts';

/** Milliseconds between two attempts to open a database that broke. */
const reviveEveryMs = 5_000;

/** Recovery writes one segment of the write-ahead log of 16 MiB before it lets anybody in. */
const bytesToRevive = 20 * 1024 * 1024;

/**
 * The embedded Postgres as kysely uses it. When it breaks, as on a full disk, it is opened anew with the next use, which recovers what was
 * committed as after a crash; until that succeeds everything is refused with STORE_UNAVAILABLE.
 */
export class RevivingPGlite implements PGlite {
  readonly #open: () => Promise<BreakingPGlite>;
  readonly #directory: string;
  #current: BreakingPGlite;
  #triedAt = Number.NEGATIVE_INFINITY;
  #opening: Promise<BreakingPGlite> | null = null;
  closed = false;
  readonly ready = true;
  readonly waitReady = Promise.resolve();

  constructor(directory: string, current: BreakingPGlite, open: () => Promise<BreakingPGlite>) {
    this.#directory = directory;
    this.#current = current;
    this.#open = open;
  }

  async query<Row>(query: string, given?: unknown[], options?: PGliteQueryOptions): Promise<PGliteQueryResults<Row>> {
    return (await this.#living()).pglite.query<Row>(query, given, options);
  }

  /** Kysely waits for the work to begin: it does so even where nothing can be done in it. */
  async transaction<Result>(work: (transaction: PGliteTransaction) => Promise<Result>): Promise<Result> {
    let hasBegun = false;
    try {
      const { pglite } = await this.#living();
      return await pglite.transaction((transaction) => {
        hasBegun = true;
        return work(transaction);
      });
    } catch (thrown) {
      if (!hasBegun) await work(refusing(thrown)).catch(() => undefined);
      throw thrown;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    // The directory is let go after this: what is being opened in it has to be closed, too.
    await this.#opening?.catch(() => undefined);
    await this.#current.close();
  }

  async #living(): Promise<BreakingPGlite> {
    if (!this.#current.isBroken()) return this.#current;
    this.#opening ??= this.#revive().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #revive(): Promise<BreakingPGlite> {
    const now = performance.now();
    if (this.closed || now - this.#triedAt < reviveEveryMs) throw broken('it broke off, and is opened anew soon');
    this.#triedAt = now;
    try {
      const { bavail, bsize } = await statfs(this.#directory);
      if (bavail * bsize < bytesToRevive) throw broken(`its disk has ${Math.floor((bavail * bsize) / 1024 / 1024)} MiB left, expected ${bytesToRevive / 1024 / 1024} to recover in`);
      await this.#current.close();
      this.#current = await this.#open();
      return this.#current;
    } catch (thrown) {
      if (thrown instanceof Failure) throw thrown;
      throw broken(failureOf(thrown, 'STORE_UNAVAILABLE').message, thrown);
    }
  }
}

function refusing(thrown: unknown): PGliteTransaction {
  return { query: () => Promise.reject(thrown), rollback: async () => undefined };
}

function broken(why: string, cause?: unknown): Failure {
  return new Failure('STORE_UNAVAILABLE', `Cannot use the embedded store: ${why}. Nothing was changed.`, { cause });
}

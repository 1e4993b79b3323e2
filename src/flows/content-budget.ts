import { Failure } from '../domain/failure.ts';

/** Counts what a bundle takes up while it is put together, so that what is too much is refused before it is in memory. */
export class ContentBudget {
  readonly #most: { readonly entries: number; readonly bytes: number };
  #bytes = 0;

  constructor(most: { readonly entries: number; readonly bytes: number }) {
    this.#most = most;
  }

  /** @throws Failure USAGE */
  refuseEntries(count: number): void {
    if (count > this.#most.entries) throw tooMuch(`more than ${this.#most.entries} entries`, `at most ${this.#most.entries}`);
  }

  /** @throws Failure USAGE */
  spend(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#most.bytes) throw tooMuch(`more than ${this.#most.bytes} bytes of entries, details and snapshots`, `at most ${this.#most.bytes}`);
  }

  /** Of the file itself. @throws Failure USAGE */
  refuseFile(bytes: number, most: number): void {
    if (bytes > most) throw tooMuch(`${bytes} bytes`, `at most ${most}`);
  }
}

function tooMuch(found: string, expected: string): Failure {
  return new Failure('USAGE', `Cannot assemble a bundle: found ${found}, expected ${expected}. Nothing was written. Ask for a shorter period, or export the whole log.`);
}

import type { Exchange } from './proxy.ts';

export interface RequestCounts {
  readonly reads: number;
  readonly writes: number;
  readonly conditional: number;
  readonly mints: number;
}

const none: RequestCounts = { reads: 0, writes: 0, conditional: 0, mints: 0 };

/** Counts what our App asked, each exchange once: tests that wait look at it many times a second. */
export class RequestCounter {
  readonly #exchanges: Exchange[];
  #counted = 0;
  #counts = none;

  constructor(exchanges: Exchange[]) {
    this.#exchanges = exchanges;
  }

  count(): RequestCounts {
    for (const one of this.#exchanges.slice(this.#counted)) if (one.by === 'app' || one.by === 'installation') this.#counts = plus(this.#counts, one.kind);
    this.#counted = this.#exchanges.length;
    return this.#counts;
  }

  /** Forgets the exchanges, too. */
  reset(): void {
    this.#exchanges.splice(0);
    this.#counted = 0;
    this.#counts = none;
  }
}

function plus(counts: RequestCounts, kind: Exchange['kind']): RequestCounts {
  switch (kind) {
    case 'read':
    case 'query':
      return { ...counts, reads: counts.reads + 1 };
    case 'conditional':
      return { ...counts, reads: counts.reads + 1, conditional: counts.conditional + 1 };
    case 'write':
    case 'mutation':
      return { ...counts, writes: counts.writes + 1 };
    case 'mint':
      return { ...counts, mints: counts.mints + 1 };
  }
}

import { closeSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';
import { Failure } from '../../domain/failure.ts';

/** A PGlite that is never used again once its Postgres has given up (PANIC): what it would do then is undefined, and mostly it turns for ever. */
export interface BreakingPGlite {
  readonly pglite: PGlite;
  isBroken(): boolean;
  /** Also of a broken one: its files are let go without another word to it. */
  close(): Promise<void>;
}

export function breakingPGlite(pglite: PGlite): BreakingPGlite {
  let isBroken = false;
  const { Module: postgres } = pglite;
  postgres['onAbort'] = () => {
    isBroken = true;
  };
  const refuse = (): void => {
    if (isBroken) throw new Failure('STORE_UNAVAILABLE', 'Cannot use the embedded store: its Postgres has given up, as it does where its disk is full. Nothing was acknowledged; what was committed is there once it is opened anew.');
  };
  const execute = pglite.execProtocolRawSync.bind(pglite);
  pglite.execProtocolRawSync = (message) => {
    refuse();
    return execute(message);
  };
  // Whatever Postgres throws is taken for one of its jumps, after which it goes on with the same message: this is the way out.
  const { stackRestore } = postgres;
  postgres.stackRestore = (stack: number) => {
    refuse();
    return stackRestore(stack);
  };
  return {
    pglite,
    isBroken: () => isBroken,
    close: async () => {
      if (isBroken) letGo(postgres);
      else if (!pglite.closed) await pglite.close();
    },
  };
}

interface OpenFiles {
  readonly FS: { readonly streams: readonly ({ nfd?: number } | null | undefined)[] };
}

/** What it has open in the file system of this machine. */
function letGo({ FS: { streams } }: OpenFiles): void {
  for (const stream of streams) {
    if (typeof stream?.nfd !== 'number') continue;
    closeSync(stream.nfd);
    delete stream.nfd;
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { Failure } from '../domain/failure.ts';
import { databaseFailure, isConflict } from './database-failure.ts';
import { Session } from './session.ts';
import type { Tables } from './table.ts';

export interface TransactionPorts {
  readonly database: Kysely<Tables>;
  readonly random: (size: number) => Uint8Array;
  /** Milliseconds after which an unfinished transaction is rolled back: on the embedded store everybody else waits for it. */
  readonly limit: number;
}

const attempts = 8;

/** Runs the work in one transaction, again from the start when it lost against another. What the work throws comes back as it is. */
export async function runTransaction<Result>(ports: TransactionPorts, work: (session: Session) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(ports, work);
    } catch (thrown) {
      if (!isConflict(thrown) || attempt === attempts) throw thrown;
      await wait(2 ** attempt + (ports.random(1)[0] ?? 0) / 8);
    }
  }
}

async function runOnce<Result>(ports: TransactionPorts, work: (session: Session) => Promise<Result>): Promise<Result> {
  let thrownByWork: { readonly thrown: unknown } | null = null;
  try {
    return await ports.database.transaction().execute(async (transaction) => {
      const session = new Session(transaction);
      try {
        return await withinLimit(work(session), ports.limit);
      } catch (thrown) {
        thrownByWork = { thrown };
        throw thrown;
      } finally {
        session.end();
      }
    });
  } catch (thrown) {
    throw theCause(thrownByWork, thrown);
  }
}

function theCause(thrownByWork: { readonly thrown: unknown } | null, thrown: unknown): unknown {
  return thrownByWork === null ? databaseFailure(thrown) : thrownByWork.thrown;
}

async function withinLimit<Result>(work: Promise<Result>, limit: number): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Failure('STORE_UNAVAILABLE', `Cannot finish a transaction: it took longer than ${limit} ms. Nothing of it was kept.`)), limit);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

import type { Kysely, RawBuilder } from 'kysely';
import { Failure } from '../domain/failure.ts';
import { databaseFailure } from './database-failure.ts';
import type { Tables } from './table.ts';

interface Query<Result> {
  execute(): Promise<Result>;
}

/**
 * The one way to the database: what it throws becomes a Failure. After the end of its transaction a session refuses
 * everything; else a late statement would run outside of it.
 */
export class Session {
  readonly #database: Kysely<Tables>;
  #isOver = false;

  constructor(database: Kysely<Tables>) {
    this.#database = database;
  }

  get database(): Kysely<Tables> {
    if (this.#isOver) throw new Failure('STORE_INCONSISTENT', 'Cannot use a transaction: it has ended. Wait for everything in it before it returns.');
    return this.#database;
  }

  async rows<Row>(query: Query<Row[]>): Promise<readonly Row[]> {
    return this.#guarded(query);
  }

  async first<Row>(query: Query<Row[]>): Promise<Row | null> {
    return (await this.#guarded(query))[0] ?? null;
  }

  async run(query: Query<unknown>): Promise<void> {
    await this.#guarded(query);
  }

  async raw<Row>(statement: RawBuilder<Row>): Promise<readonly Row[]> {
    return (await this.#guarded({ execute: () => statement.execute(this.database) })).rows;
  }

  end(): void {
    this.#isOver = true;
  }

  async #guarded<Result>(query: Query<Result>): Promise<Result> {
    if (this.#isOver) return Promise.reject(new Failure('STORE_INCONSISTENT', 'Cannot use a transaction: it has ended.'));
    try {
      return await query.execute();
    } catch (thrown) {
      throw databaseFailure(thrown);
    }
  }
}

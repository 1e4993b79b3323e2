import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { verifyLog } from '../../../src/audit/verify-log.ts';
import type { FailureCode } from '../../../src/domain/failure.ts';
import { readAuditLog } from '../../../src/flows/read-audit-log.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { LogWitness } from './log-witness.ts';
import { readSnapshot } from './log-snapshot.ts';
import { openLogStore } from './open-log-store.ts';
import type { LogPlace, OpenLogStore } from './open-log-store.ts';
import type { Writer } from './writer.ts';

/** Witnesses of some logs of one store. Each call asserts that nothing was wrong so far. */
export class Witnesses {
  readonly #all: readonly LogWitness[];
  readonly #heard = new Map<Writer, number>();
  readonly #mayFail: readonly FailureCode[];

  /** @param mayFail What a writer may be told while the store is out of order; else it must not be told of any failure. */
  constructor(accounts: readonly number[], mayFail: readonly FailureCode[] = []) {
    this.#all = accounts.map((account) => new LogWitness(account));
    this.#mayFail = mayFail;
  }

  /** The logs, with the first entry that was not seen yet. */
  logs(): readonly { readonly account: number; readonly from: number }[] {
    return this.#all.map(({ account, size }) => ({ account, from: size }));
  }

  acknowledged(): number {
    return this.#all.reduce((sum, witness) => sum + witness.acknowledged, 0);
  }

  /** What a writer said since it was last heard: what it saw first, since it looked at the store before it wrote. */
  hear(writer: Writer): void {
    const lines = writer.lines.slice(this.#heard.get(writer) ?? 0);
    this.#heard.set(writer, writer.lines.length);
    for (const line of lines) if (line.kind === 'snapshot') this.#of(line.snapshot.account).see(line.snapshot);
    for (const line of lines) if ('account' in line) this.#of(line.account).hear(line);
    assert.deepEqual(lines.filter((line) => line.kind === 'failed' && !this.#mayFail.some((code) => code === line.code)), []);
    assert.equal(writer.errors(), '');
    this.#assertNoProblem();
  }

  async look({ database }: Pick<OpenLogStore, 'database'>): Promise<void> {
    for (const witness of this.#all) witness.see(await readSnapshot(database, witness.account, witness.size));
    this.#assertNoProblem();
  }

  /** The next server goes on. Then all is read anew and compared with everything that was ever seen, and the product's own verification agrees. */
  async assertWhole(context: TestContext, place: LogPlace): Promise<void> {
    const { store, database } = await openLogStore(place);
    try {
      for (const witness of this.#all) {
        await createSealer({ store, signer: aLogKey(), clock: { now: () => new Date() } }).seal(witness.account, { force: true });
        witness.see(await readSnapshot(database, witness.account, witness.size));
        witness.seeWhole(await readSnapshot(database, witness.account, 0));
        const { outcome, sealed, firstWrong } = await verifyLog(await readAuditLog(store.audit, witness.account, []), { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: witness.notes() });
        assert.deepEqual({ outcome, firstWrong }, { outcome: 'verified', firstWrong: null });
        context.diagnostic(`account ${witness.account}: ${witness.size} entries, ${witness.acknowledged} acknowledged, ${witness.checkpoints} checkpoints, ${sealed} sealed`);
      }
    } finally {
      await store.close();
    }
    this.#assertNoProblem();
  }

  #of(account: number): LogWitness {
    const found = this.#all.find((witness) => witness.account === account);
    if (found === undefined) throw new Error(`nobody looks after the log of ${account}`);
    return found;
  }

  #assertNoProblem(): void {
    assert.deepEqual(this.#all.flatMap(({ problems }) => problems), []);
  }
}

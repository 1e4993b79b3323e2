import assert from 'node:assert/strict';
import type { AuditDraft } from '../../../src/audit/entry.ts';
import { readEntry } from '../../../src/audit/read-entry.ts';
import type { ReadEntry } from '../../../src/audit/read-entry.ts';
import { verifyLog } from '../../../src/audit/verify-log.ts';
import type { Verification } from '../../../src/audit/verification.ts';
import { keptForEver } from '../../../src/config/retention-settings.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { readAuditLog } from '../../../src/flows/read-audit-log.ts';
import { applyRetention } from '../../../src/flows/retention/apply-retention.ts';
import { eraseOnRequest } from '../../../src/flows/retention/erase-on-request.ts';
import type { ErasureRequest } from '../../../src/flows/retention/erase-on-request.ts';
import { holdEntries, releaseHold } from '../../../src/flows/retention/hold-entries.ts';
import type { HoldRequest } from '../../../src/flows/retention/hold-entries.ts';
import type { RetentionPeriods } from '../../../src/flows/retention/retention-periods.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import type { FakeLog } from '../../fakes/fake-log.ts';
import { aDraft, freshId } from '../../ports/store/suite.ts';
import type { SuiteStore } from '../../ports/store/suite.ts';

export const shop = { id: 100, name: 'acme/shop' };

/** A log of one account, and what time does to it. */
export async function aRetentionWorld({ store, clock }: SuiteStore, ...drafts: readonly Partial<AuditDraft>[]) {
  const account = freshId();
  const sealer = createSealer({ store, signer: aLogKey(), clock });
  const append = async (...some: readonly Partial<AuditDraft>[]) => {
    await store.transaction(async (transaction) => {
      for (const draft of some) await transaction.append(aDraft(account, { repository: shop, subject: 'pull-request:7', actor: 'user:mona', payload: { text: 'what mona said' }, ...draft }));
    });
  };
  const at = (days: number) => ({ now: () => new Date(clock.now().getTime() + days * 86_400_000) });
  const log: FakeLog = fakeLog();
  await append(...drafts);
  await sealer.seal(account, { force: true });
  const entries = async (): Promise<readonly { readonly entry: ReadEntry; readonly opened: readonly string[] }[]> =>
    (await store.audit.entries(account, 0, 10_000)).map(({ leaf, openings }) => {
      const reading = readEntry(new TextDecoder().decode(leaf));
      assert.ok(reading.kind === 'entry');
      return { entry: reading.entry, opened: openings.map(({ bytes }) => new TextDecoder().decode(bytes)) };
    });
  return {
    account,
    append,
    log,
    entries,
    seal: () => sealer.seal(account, { force: true }),
    /** Runs as it would in so many days; `on`: over another view of the store. */
    apply: (periods: Partial<RetentionPeriods>, days: number, on: Partial<Store> = {}, signal = new AbortController().signal) => {
      const audit = { ...store.audit, accounts: async () => [account] };
      return applyRetention({ store: { ...store, audit, ...on }, clock: at(days), log }, { ...keptForEver, ...periods }, signal);
    },
    erase: (request: Partial<ErasureRequest>, days = 400) => eraseOnRequest({ store, clock: at(days) }, { account, asked: { kind: 'person', login: 'mona', naming: false }, by: 'olga', reason: 'request 4711', isRehearsed: false, ...request }),
    hold: (request: Partial<HoldRequest> = {}) => holdEntries({ store, clock }, { account, repository: null, from: null, to: null, by: 'olga', reason: 'case 12', ...request }),
    release: (hold: number) => releaseHold({ store }, { account, hold, by: 'olga', reason: 'closed' }),
    /** Sequences of which nothing can be opened. */
    erased: async () => (await entries()).flatMap(({ entry, opened }) => (opened.length === 0 ? [entry.sequence] : [])),
    /** What the log says of retention: events with their details. */
    told: async (): Promise<readonly (readonly [string, JsonValue])[]> => (await entries()).flatMap(({ entry, opened }) => (entry.event.startsWith('retention.') ? [[entry.event, JSON.parse(opened[2] ?? 'null')]] : [])),
    verify: async (checkpoints: readonly string[] = []): Promise<Verification> => verifyLog(await readAuditLog(store.audit, account, []), { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints }),
  };
}

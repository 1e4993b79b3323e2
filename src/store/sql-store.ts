import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Clock } from '../flows/ports/clock.ts';
import type { Store, StoreTransaction } from '../flows/ports/store.ts';
import { auditIndexOf } from './audit-index.ts';
import { auditLogOf, saveCheckpoint } from './audit-log.ts';
import { auditWatchOf } from './audit-watch.ts';
import { AuditWriter } from './audit-writer.ts';
import { bundleTables } from './bundle-tables.ts';
import { commandTable } from './command-table.ts';
import { confidenceTables } from './confidence-tables.ts';
import { configurationTable } from './configuration-table.ts';
import { contributorTable } from './contributor-table.ts';
import { decisionTable } from './decision-table.ts';
import { deliveryInbox } from './delivery-inbox.ts';
import { effectTable } from './effect-table.ts';
import { evaluationTable } from './evaluation-table.ts';
import { issueTable } from './issue-table.ts';
import { jobQueue } from './job-queue.ts';
import { leftoverTables } from './leftover-tables.ts';
import { objectCache } from './object-cache.ts';
import { peopleTables } from './people-tables.ts';
import { prune } from './prune.ts';
import { pullRequestTable } from './pull-request-table.ts';
import { releaseRecord } from './release-record.ts';
import { remediationTables } from './remediation-tables.ts';
import { schemaRecord } from './schema-record.ts';
import { retentionTables } from './retention-tables.ts';
import { readLogOf } from './read-log.ts';
import { runTransaction } from './run-transaction.ts';
import { driftTables } from './drift-tables.ts';
import { sampleTable } from './sample-table.ts';
import { scanTables } from './scan-tables.ts';
import type { Session } from './session.ts';
import { snapshotTable } from './snapshot-table.ts';
import { storeSearchOf } from './store-search.ts';
import type { Tables } from './table.ts';
import { usageTables } from './usage-tables.ts';

export interface SqlStorePorts {
  readonly database: Kysely<Tables>;
  readonly clock: Clock;
  readonly random: (size: number) => Uint8Array;
  /** Milliseconds. */
  readonly transactionLimit: number;
  readonly cacheBytes: number;
  /** Closes what the database stands on, after the database. */
  readonly release: () => Promise<void>;
}

/** The store over any Postgres. */
export function sqlStore(ports: SqlStorePorts): Store {
  const { database, clock, random } = ports;
  const transaction = <Result>(work: (session: Session) => Promise<Result>): Promise<Result> => runTransaction({ database, random, limit: ports.transactionLimit }, work);
  return {
    transaction: (work) =>
      transaction(async (session) => {
        const log = new AuditWriter(session, { clock, random });
        const result = await work(storeTransaction(session, log, clock));
        await log.flush();
        return result;
      }),
    queue: jobQueue({ transaction, newToken: () => Buffer.from(random(16)).toString('hex') }),
    cache: objectCache({ transaction, clock }),
    audit: auditLogOf({ transaction }),
    auditIndex: auditIndexOf({ transaction }),
    auditWatch: auditWatchOf({ transaction }),
    search: storeSearchOf({ transaction }),
    reads: readLogOf({ transaction }),
    ping: () => transaction(async (session) => void (await session.raw(sql`select 1`))),
    prune: (now) => prune(transaction, now, { cacheBytes: ports.cacheBytes }),
    async close() {
      await database.destroy();
      await ports.release();
    },
  };
}

function storeTransaction(session: Session, log: AuditWriter, clock: Clock): StoreTransaction {
  const now = (): Date => clock.now();
  return {
    ...deliveryInbox(session, now),
    append: (draft) => log.append(draft),
    unblock: (account, why) => log.unblock(account, why),
    saveCheckpoint: (account, checkpoint) => saveCheckpoint(session, account, checkpoint),
    ...snapshotTable(session),
    ...bundleTables(session),
    ...pullRequestTable(session),
    ...evaluationTable(session),
    ...decisionTable(session),
    ...effectTable(session, now),
    ...contributorTable(session),
    ...peopleTables(session),
    ...commandTable(session),
    ...sampleTable(session),
    ...scanTables(session),
    ...driftTables(session),
    ...releaseRecord(session),
    ...schemaRecord(session),
    ...configurationTable(session),
    ...remediationTables(session),
    ...issueTable(session),
    ...leftoverTables(session),
    ...retentionTables(session),
    ...confidenceTables(session),
    ...usageTables(session),
  };
}

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Migration } from 'kysely/migration';
import { Failure } from '../domain/failure.ts';
import { databaseFailure } from './database-failure.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { auditLog } from './migrations/0002-audit-log.ts';
import { pullRequestsByAccount } from './migrations/0003-pull-requests-by-account.ts';
import { lostRuns } from './migrations/0003-lost-runs.ts';
import { reachedLifecycles } from './migrations/0004-reached-lifecycles.ts';
import { schemaVersions } from './migrations/0005-schema-versions.ts';
import { auditSnapshots } from './migrations/0006-audit-snapshots.ts';
import { contributors } from './migrations/0007-contributors.ts';
import { releasesByContract } from './migrations/0008-releases-by-contract.ts';
import { people } from './migrations/0009-people.ts';
import { commands } from './migrations/0010-commands.ts';
import { lackedAnswers } from './migrations/0011-lacked-answers.ts';
import { remediation } from './migrations/0012-remediation.ts';
import { scans } from './migrations/0013-scans.ts';
import { issues } from './migrations/0015-issues.ts';
import { samples } from './migrations/0014-samples.ts';
import { awaitedSamples } from './migrations/0016-awaited-samples.ts';
import { samplesByBase } from './migrations/0017-samples-by-base.ts';
import { driftsToOpen } from './migrations/0018-drifts-to-open.ts';
import { leftovers } from './migrations/0019-leftovers.ts';
import { confirmingScans } from './migrations/0020-confirming-scans.ts';
import { openMatches } from './migrations/0021-open-matches.ts';
import { olderJobs } from './migrations/0022-older-jobs.ts';
import { pathReservations } from './migrations/0023-path-reservations.ts';
import { awaitedMeasurements } from './migrations/0024-awaited-measurements.ts';
import { quietDrifts } from './migrations/0025-quiet-drifts.ts';
import { judgedInputs } from './migrations/0026-judged-inputs.ts';
import { search } from './migrations/0027-search.ts';
import { auditWatch } from './migrations/0028-audit-watch.ts';
import { retention } from './migrations/0029-retention.ts';
import { bundles } from './migrations/0032-bundles.ts';
import { clockSeen } from './migrations/0033-clock-seen.ts';
import { confidenceCases } from './migrations/0037-confidence-cases.ts';
import { usage } from './migrations/0039-usage.ts';
import { usageBreaches } from './migrations/0041-usage-breaches.ts';
import { chargedPullRequests } from './migrations/0042-charged-pull-requests.ts';
import { refillIndex } from './refill-index.ts';
import { refillJudged } from './refill-judged.ts';
import { refillTerms } from './refill-terms.ts';
import type { Tables } from './table.ts';

/** Statements, and what no statement can do. */
type Step = string | ((database: Kysely<Tables>) => Promise<void>);

const migrations: Readonly<Record<string, readonly Step[]>> = {
  '0001-first-tables': firstTables,
  '0002-audit-log': auditLog,
  '0003-lost-runs': lostRuns,
  '0003-pull-requests-by-account': pullRequestsByAccount,
  '0004-reached-lifecycles': reachedLifecycles,
  '0005-schema-versions': schemaVersions,
  '0006-audit-snapshots': auditSnapshots,
  '0007-contributors': contributors,
  '0008-releases-by-contract': releasesByContract,
  '0009-people': people,
  '0010-commands': commands,
  '0011-lacked-answers': lackedAnswers,
  '0012-remediation': remediation,
  '0013-scans': scans,
  '0014-samples': samples,
  '0015-issues': issues,
  '0016-awaited-samples': awaitedSamples,
  '0017-samples-by-base': samplesByBase,
  '0018-drifts-to-open': driftsToOpen,
  '0019-leftovers': leftovers,
  '0020-confirming-scans': confirmingScans,
  '0021-open-matches': openMatches,
  '0022-older-jobs': olderJobs,
  '0023-path-reservations': pathReservations,
  '0024-awaited-measurements': awaitedMeasurements,
  '0025-quiet-drifts': quietDrifts,
  '0026-judged-inputs': judgedInputs,
  '0027-search': [...search, refillTerms],
  '0028-audit-watch': auditWatch,
  '0029-retention': [...retention, refillJudged],
  '0032-bundles': [...bundles, refillIndex],
  '0033-clock-seen': clockSeen,
  '0037-confidence-cases': confidenceCases,
  '0039-usage': usage,
  '0041-usage-breaches': usageBreaches,
  '0042-charged-pull-requests': chargedPullRequests,
};

/** Name of the last migration of this version. */
export const newestMigration = '0042-charged-pull-requests';

/** Brings the tables to this version, under a lock and in one transaction. A store that a newer version has migrated is left alone. */
export async function migrate(database: Kysely<Tables>): Promise<void> {
  await refuseNewer(database);
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => provided() }, migrationTableName: 'plumbline_migrations', migrationLockTableName: 'plumbline_migration_lock' });
  const { error } = await migrator.migrateToLatest();
  // A replica of a newer version may have migrated between the look and the lock.
  if (error !== undefined) await refuseNewer(database);
  if (error !== undefined) throw databaseFailure(error);
}

function provided(): Record<string, Migration> {
  return Object.fromEntries(Object.entries(migrations).map(([name, steps]) => [name, { up: (database: Kysely<Tables>) => runAll(database, steps) }]));
}

async function runAll(database: Kysely<Tables>, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await (typeof step === 'string' ? sql.raw(step).execute(database) : step(database));
}

async function refuseNewer(database: Kysely<Tables>): Promise<void> {
  const unknown = (await applied(database)).filter((name) => !Object.hasOwn(migrations, name));
  if (unknown.length === 0) return;
  throw new Failure('STORE_INCONSISTENT', `Cannot open the store: its newest migration is "${unknown.at(-1) ?? ''}", expected at most "${Object.keys(migrations).at(-1) ?? ''}". Start the newer version of Plumbline that made it, or restore a backup.`);
}

async function applied(database: Kysely<Tables>): Promise<readonly string[]> {
  try {
    const found = await sql<{ readonly present: boolean }>`select to_regclass('plumbline_migrations') is not null as present`.execute(database);
    if (found.rows[0]?.present !== true) return [];
    const { rows } = await sql<{ readonly name: string }>`select name from plumbline_migrations order by name`.execute(database);
    return rows.map(({ name }) => name);
  } catch (thrown) {
    throw databaseFailure(thrown);
  }
}

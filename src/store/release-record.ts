import { sql } from 'kysely';
import { furthestOf } from '../domain/contract/reached-lifecycle.ts';
import type { ReachedLifecycle } from '../domain/contract/reached-lifecycle.ts';
import type { RecordState, Release } from '../domain/release.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { recordStateForm, releaseForm } from './form/release-form.ts';
import { inChunks } from './in-chunks.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type ReleasePart = Pick<StoreTransaction, 'holdRecord' | 'recordReleases' | 'recordReached' | 'allReleases' | 'releases' | 'releasesAt' | 'recordState' | 'recordStates' | 'forgetRecord'>;

/** The release record: what was recorded first under an id and version stands for ever. */
export function releaseRecord(session: Session): ReleasePart {
  return {
    async holdRecord(repositoryId, key) {
      await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline record ${repositoryId}`}, 0))`);
      return state(session, repositoryId, key);
    },
    async recordReleases(repository, releases, { key, record }) {
      for (const chunk of inChunks(releases, 1_000)) await keep(session, repository.id, chunk);
      await saveState(session, repository.id, key, record);
    },
    async recordReached(repositoryId, reached) {
      for (const chunk of inChunks(reached, 1_000)) await keepReached(session, repositoryId, chunk);
    },
    allReleases: (repositoryId, entry) => read(session, repositoryId, entry, null),
    releases: (repositoryId, contractIds) => read(session, repositoryId, null, { column: 'contract_key', values: contractIds }),
    releasesAt: (repositoryId, entry, paths) => read(session, repositoryId, entry, { column: 'path_key', values: paths }),
    recordState: (repositoryId, key) => state(session, repositoryId, key),
    async recordStates(repositoryId) {
      const rows = await session.rows(session.database.selectFrom('record_states').select(['key', 'state']).where('repository_id', '=', repositoryId).orderBy('key'));
      return rows.map((row) => ({ key: row.key, state: recordStateForm.read(row.state) }));
    },
    async forgetRecord(repositoryId, key) {
      await session.run(session.database.deleteFrom('record_states').where('repository_id', '=', repositoryId).where('key', '=', keyText(key)));
    },
  };
}

async function keep(session: Session, repositoryId: number, releases: readonly Release[]): Promise<void> {
  const rows = releases.map((release) => ({
    repository_id: repositoryId,
    entry: keyText(release.entry),
    contract_key: keyText(release.contractId),
    version_key: keyText(release.version),
    path_key: keyText(release.path),
    release: releaseForm.write(release),
  }));
  await session.run(session.database.insertInto('releases').values(rows).onConflict((conflict) => conflict.doNothing()));
}

async function keepReached(session: Session, repositoryId: number, reached: readonly ReachedLifecycle[]): Promise<void> {
  const rows = reached.map(({ entry, contractId, version, lifecycle, commit }) => ({
    repository_id: repositoryId,
    entry: keyText(entry),
    contract_key: keyText(contractId),
    version_key: keyText(version),
    lifecycle,
    commit_sha: commit,
  }));
  await session.run(session.database.insertInto('reached_lifecycles').values(rows).onConflict((conflict) => conflict.doNothing()));
}

async function saveState(session: Session, repositoryId: number, key: string, record: RecordState): Promise<void> {
  const changed = { state: recordStateForm.write(record) };
  const row = { repository_id: repositoryId, key: keyText(key), ...changed };
  await session.run(session.database.insertInto('record_states').values(row).onConflict((conflict) => conflict.columns(['repository_id', 'key']).doUpdateSet(changed)));
}

interface Among {
  readonly column: 'contract_key' | 'path_key';
  readonly values: readonly string[];
}

/** All later states of a release, as words in one text; null when it reached none. */
const reachedLater = sql<string | null>`(select string_agg(lifecycle, ' ') from reached_lifecycles reached where reached.repository_id = releases.repository_id
  and reached.entry = releases.entry and reached.contract_key = releases.contract_key and reached.version_key = releases.version_key)`;

/** @param entry Null: of every one. */
async function read(session: Session, repositoryId: number, entry: string | null, among: Among | null): Promise<readonly Release[]> {
  const inAll = session.database.selectFrom('releases').select(['release', 'position', reachedLater.as('reached')]).where('repository_id', '=', repositoryId).orderBy('position');
  const all = entry === null ? inAll : inAll.where('entry', '=', keyText(entry));
  if (among === null) return (await session.rows(all)).map(released);
  const found = [];
  for (const chunk of inChunks([...new Set(among.values.map(keyText))], 10_000)) found.push(...(await session.rows(all.where(among.column, 'in', chunk))));
  return found.toSorted((a, b) => Number(a.position) - Number(b.position)).map(released);
}

function released({ release, reached }: { readonly release: string; readonly reached: string | null }): Release {
  const recorded = releaseForm.read(release);
  return { ...recorded, lifecycle: (reached ?? '').split(' ').reduce(furthestOf, recorded.lifecycle) };
}

async function state(session: Session, repositoryId: number, key: string): Promise<RecordState | null> {
  const row = await session.first(session.database.selectFrom('record_states').select('state').where('repository_id', '=', repositoryId).where('key', '=', keyText(key)));
  return row === null ? null : recordStateForm.read(row.state);
}

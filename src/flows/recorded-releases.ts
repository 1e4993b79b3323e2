import type { RecordAnswer, RecordState } from '../domain/release.ts';
import type { UnknownBranch } from '../domain/releases-of-id.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { RecordToAsk } from './flow-ports.ts';
import { isWhole, knownRecords, lookedUpKey } from './known-records.ts';
import type { ReleaseReader } from './ports/prober.ts';
import type { Store, StoreTransaction } from './ports/store.ts';

/**
 * The release record as the store keeps it. A branch of which nothing was recorded yet is one whose record is being filled. What
 * the branch has had since the end of its record nobody knows. An entry's record is whole when those of all its known branches are; one that is gone is forgotten by the job that looks at it.
 */
export function recordedReleases(store: Pick<Store, 'transaction'>, repository: RepositoryRef, asked: RecordToAsk): ReleaseReader {
  return {
    releases: (entry, contractIds) =>
      store.transaction(async (transaction) => {
        const [own, elsewhere] = parted(await transaction.releases(repository.id, contractIds), (release) => release.entry === entry);
        return { own, unsure: [], rivals: [], elsewhere, possible: [], unknown: await unknownBranches(transaction, repository, entry) };
      }),
    releasesAt: (entry, paths) => store.transaction((transaction) => transaction.releasesAt(repository.id, entry, paths)),
    contractIds: async (entry) => [...new Set((await store.transaction((transaction) => transaction.allReleases(repository.id, entry))).map(({ contractId }) => contractId))],
    schemaVersions: (entry, families) => store.transaction((transaction) => transaction.schemaVersions(repository.id, entry, families)),
    recordState: async (entry) => stateOf(asked, knownRecords(await store.transaction((transaction) => transaction.recordStates(repository.id))).filter((one) => one.entry === entry)),
  };
}

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [readonly Item[], readonly Item[]] {
  return [items.filter((item) => isFirst(item)), items.filter((item) => !isFirst(item))];
}

async function unknownBranches(transaction: StoreTransaction, repository: RepositoryRef, entry: string): Promise<readonly UnknownBranch[]> {
  const states = await transaction.recordStates(repository.id);
  const isListed = states.every(({ key, state }) => key !== lookedUpKey || state.kind === 'complete');
  const unfinished = knownRecords(states).filter((one) => one.entry !== entry && !isWhole(one.state));
  return [...unfinished.map((one) => one.branch), ...(isListed ? [] : ['branches that were not looked up yet'])].map((branch) => ({ branch, unread: null }));
}

/** Its own state where it is not whole, else that of another branch of the entry which is not. */
function stateOf({ branch, awaited }: RecordToAsk, known: readonly { readonly branch: string; readonly state: RecordState }[]): RecordAnswer {
  const own = known.find((one) => one.branch === branch)?.state ?? { kind: 'filling', done: 0, total: null, upTo: null };
  if (own.kind !== 'complete') return own;
  if (awaited !== null && (own.upTo !== awaited || !isWhole(own))) return { kind: 'behind', upTo: own.upTo, tip: awaited };
  const other = known.find((one) => one.branch !== branch && !isWhole(one.state))?.state ?? own;
  return other.kind === 'complete' && other.waits !== undefined && other !== own ? { kind: 'behind', upTo: other.upTo, tip: other.waits.seen } : other;
}

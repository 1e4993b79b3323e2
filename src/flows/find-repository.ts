import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { RepositoryNamed } from './ports/store-search.ts';
import type { Store } from './ports/store.ts';

/** A repository of an account that was judged or is scanned, as it is called now or was then. Null: the account has none of it here. */
export async function findRepository(store: Pick<Store, 'search' | 'transaction'>, account: number, named: RepositoryNamed): Promise<RepositoryRef | null> {
  const plans = await store.transaction((transaction) => transaction.scanPlansOf(account));
  const planned = plans.find(({ repository }) => (named.kind === 'id' ? repository.id === named.id : fullNameOf(repository).toLowerCase() === named.name.toLowerCase()));
  if (planned !== undefined) return planned.repository;
  const [judged] = await store.search.decisions(account, { repository: named, subject: null, head: null }, { below: null, limit: 1 });
  return judged?.record.repository ?? null;
}

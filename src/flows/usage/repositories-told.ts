import type { ToldRepository } from '../../domain/usage/told-usage.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { findRepository } from '../find-repository.ts';
import type { Store } from '../ports/store.ts';

/** Names repositories of an account by their ids, each looked for once. */
export function repositoriesTold(store: Pick<Store, 'search' | 'transaction'>, account: number): (id: number) => Promise<ToldRepository> {
  const known = new Map<number, Promise<ToldRepository>>();
  const find = async (id: number): Promise<ToldRepository> => {
    const repository = await findRepository(store, account, { kind: 'id', id });
    return { id, name: repository === null ? null : fullNameOf(repository) };
  };
  return (id) => {
    const told = known.get(id) ?? find(id);
    known.set(id, told);
    return told;
  };
}

import { chainOf } from '../chain-of.ts';
import type { ContractWorld } from '../contract-world.ts';
import { idOf } from '../judged-contract.ts';

/** Changed contracts of which not enough is known to tell what the change does to them: `contractActions` leaves them out. */
export function untoldContracts(world: ContractWorld): readonly string[] {
  const isTold = (id: string | null): boolean => id === null || chainOf(id, world) !== null;
  const isRead = world.isRead('atBase') && world.isRead('inResult');
  return world.changed.filter((file) => !isRead || ![idOf(file.atBase), idOf(file.inResult)].every(isTold)).map(({ path }) => path);
}

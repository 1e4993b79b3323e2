import type { RemediationPorts } from '../../../src/flows/remediation/remediation-ports.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { SeveralBehaviors } from './several-behaviors.ts';

/** Two behaviours that write one file are looked at at once, and both have read GitHub before either writes. @returns The files of what is open then, and what is said of the two in alphabetical order. */
export async function lookTogether(store: RemediationPorts['store'], repository?: RepositoryRef): Promise<{ readonly open: readonly (readonly string[])[]; readonly said: readonly string[] }> {
  const behaviors = new SeveralBehaviors(() => 0.5, store, repository);
  const { world } = behaviors;
  world.isCalm = true;
  const names = ['one', 'two'];
  for (const name of names) behaviors.drifting.set(name, ['a']);
  const both = Promise.withResolvers<void>();
  let reads = 0;
  const look = (name: string): Promise<void> => {
    let own = 0;
    const read = async (): Promise<void> => {
      own += 1;
      // The third part of a reading comes after the pull requests were listed.
      if (own !== 3) return;
      reads += 1;
      if (reads === names.length) both.resolve();
      await both.promise;
    };
    return behaviors.look(name, { read, write: async (_method, perform) => perform(), watch: () => {} }, { hold: async () => {} });
  };
  await Promise.all(names.map(look));
  const said = await store.transaction(async (transaction) => {
    const all: string[] = [];
    for (const name of names) for (const one of await transaction.remediationsOf(behaviors.repository.id, name)) all.push(one.said?.reason ?? 'nothing');
    return all.toSorted();
  });
  return { open: world.github.pulls.filter(({ state }) => state === 'open').map(({ head }) => behaviors.filesAt(head)), said };
}

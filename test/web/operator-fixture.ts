import type { Operations } from '../../src/flows/operations.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { storeOperations } from '../../src/flows/store-operations.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { account, aDraft, aLogKey } from '../builders/a-log.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { memoryStore } from '../fakes/memory-store.ts';

export const repository = { account: { id: account, login: 'acme', kind: 'organization' }, installationId: 1, id: 100, owner: 'acme', name: 'shop' } as const;

/** A store in memory with a log of some entries and a configuration that was seen, as a running server has it open. */
export async function anOperatedStore(entries = 3): Promise<{ readonly store: Store; readonly operations: Operations; readonly asked: readonly string[] }> {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  await store.transaction(async (transaction) => {
    for (let index = 0; index < entries; index += 1) await transaction.append(aDraft({ subject: `pull-request:${index}` }));
    await transaction.sawConfiguration({ account: repository.account, repositoryId: repository.id, commit: 'a'.repeat(40), path: '.github/plumbline.yml', text: 'version: 1\n' });
  });
  const signer = aLogKey();
  const whole = storeOperations({ store, clock, publicKeys: [signer.publicKey], engine: 'plumbline/test', sealer: createSealer({ store, signer, clock }) });
  const asked: string[] = [];
  const noting = <Result>(name: string, result: Result): Result => (asked.push(name), result);
  const operations: Operations = {
    ...whole,
    ping: () => noting('ping', whole.ping()),
    seal: (one) => noting('seal', whole.seal(one)),
    resume: (request) => noting('resume', whole.resume(request)),
    detach: (request) => noting('detach', whole.detach(request)),
    erase: (request) => noting('erase', whole.erase(request)),
    hold: (request) => noting('hold', whole.hold(request)),
    releaseHold: (request) => noting('release-hold', whole.releaseHold(request)),
  };
  return { store, operations, asked };
}

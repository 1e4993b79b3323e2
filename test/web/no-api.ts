import { createCursors } from '../../src/web/api/cursor.ts';
import type { ApiPorts } from '../../src/web/api/mount-api.ts';
import { BodyBudget } from '../../src/web/body-budget.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

/** An API that knows nobody. */
export function noApi(): ApiPorts {
  const [store, log, budget] = [memoryStore(), fakeLog(), new BodyBudget({ bodies: 10, bytes: 10 * 1024 * 1024 })];
  const nobody = () => Promise.reject(new Error('nobody may ask'));
  return {
    principals: null,
    samples: { verify: async () => ({ kind: 'refused', why: 'nobody is known' }), issuer: 'https://issuer.example.com', take: async () => ({ kind: 'taken', pullRequests: [], mergeGroups: [] }), budget, log },
    statistics: nobody,
    searchEvidence: nobody,
    calibrations: nobody,
    usage: nobody,
    exportUsage: nobody,
    reserveUsage: nobody,
    settleUsage: nobody,
    approve: nobody,
    exportLog: async function* () {
      yield await nobody();
    },
    proveEntry: async () => null,
    askBundle: nobody,
    keptBundle: nobody,
    madeBundle: nobody,
    bundleRequest: nobody,
    verifyBundle: nobody,
    search: store.search,
    audit: store.audit,
    reads: store.reads,
    cursors: createCursors(() => 'secret'),
    takeTurn: () => null,
    takeTurnOfAddress: () => null,
    proxies: 0,
    budget,
    clock: fakeClock(),
    log,
  };
}

import { BodyBudget } from '../../src/web/body-budget.ts';
import type { ApiPorts } from '../../src/web/api/mount-api.ts';
import { fakeLog } from '../fakes/fake-log.ts';

/** An API that knows nobody. */
export function noApi(): ApiPorts {
  return {
    samples: { verify: async () => ({ kind: 'refused', why: 'nobody is known' }), issuer: 'https://issuer.example.com', take: async () => ({ kind: 'taken', pullRequests: [], mergeGroups: [] }), budget: new BodyBudget({ bodies: 10, bytes: 10 * 1024 * 1024 }), log: fakeLog() },
    statistics: { principals: null, read: () => Promise.reject(new Error('nobody may ask')), log: fakeLog() },
  };
}

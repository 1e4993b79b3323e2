import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aWeb } from './web-fixture.ts';

const never = new Promise<boolean>(() => undefined);

test('/healthz answers while the process turns, whatever else is wrong', async (context) => {
  const web = await aWeb(context, { readiness: [{ name: 'store', holds: () => false }] });
  const reply = await web.send({ path: '/healthz' });
  assert.deepEqual([reply.status, reply.text], [200, '{"status":"ok"}']);
});

test('/readyz is 200 when everything holds', async (context) => {
  const web = await aWeb(context, { readiness: [{ name: 'store', holds: async () => true }, { name: 'worker', holds: () => true }] });
  const reply = await web.send({ path: '/readyz' });
  assert.deepEqual([reply.status, JSON.parse(reply.text)], [200, { ready: true, missing: [], alarms: [] }]);
});

test('/readyz is 503 and names what is false, throws or does not answer, without detail', async (context) => {
  const web = await aWeb(context, {
    readinessTimeoutMs: 20,
    readiness: [
      { name: 'store', holds: () => Promise.reject(new Error('postgres://user:canary@db is down')) },
      { name: 'worker', holds: () => false },
      { name: 'event-loop', holds: () => never },
      { name: 'other', holds: () => true },
    ],
  });
  const reply = await web.send({ path: '/readyz' });
  assert.deepEqual([reply.status, JSON.parse(reply.text)], [503, { ready: false, missing: ['store', 'worker', 'event-loop'], alarms: [] }]);
});

test('/readyz names alarms and stays 200, and says so where they can not be told', async (context) => {
  for (const [alarms, told] of [[async () => ['anchor-late'], ['anchor-late']], [() => Promise.reject(new Error('canary')), ['unknown']], [() => new Promise<never>(() => undefined), ['unknown']]] as const) {
    const web = await aWeb(context, { readinessTimeoutMs: 20, alarms });
    const reply = await web.send({ path: '/readyz' });
    assert.deepEqual([reply.status, JSON.parse(reply.text)], [200, { ready: true, missing: [], alarms: told }]);
  }
});

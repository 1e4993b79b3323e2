import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sweepExpiredDecisions } from '../../src/flows/sweep-expired-decisions.ts';
import { markedSecret } from '../builders/marked-secrets.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = `version: 1
governance:
  whitelist: [{action: secret.commit, actors: ["user:mona"], until: 2027-01-15, owner: "user:root", reason: "a key for tests"}]
`;

test('a denial of tier 4 is judged again by itself once the entry that lifts it ends within 30 days', async () => {
  const world = aDeliveredWorld({ account: { id: 7, login: 'acme', kind: 'user' } });
  world.github.commit('main', { '.github/plumbline.yml': configuration, 'README.md': 'shop\n' });
  await world.receive(world.opens(1, 'mona', { 'src/a.ts': `${markedSecret}\n` }));
  await world.settle();
  const at = async (now: string) => {
    world.clock.set(now);
    await sweepExpiredDecisions(world.ports);
    await world.settle();
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.cause, decision?.validUntil];
  };
  assert.deepEqual(await at('2026-12-15T23:59:00.000Z'), ['fail', '2026-12-16T00:00:00.000Z']);
  assert.deepEqual(await at('2026-12-16T00:00:00.000Z'), ['hold', '2027-01-15T00:00:00.000Z']);
  assert.deepEqual(await at('2027-01-15T00:00:00.000Z'), ['fail', null]);
});

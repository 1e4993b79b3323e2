import assert from 'node:assert/strict';
import { readDigest } from '../../../src/flows/digest/read-digest.ts';
import { scanJob } from '../../../src/flows/job-requests.ts';
import { recordClose } from '../../../src/flows/record-close.ts';
import { createScanner } from '../../../src/flows/scan/scan-repository.ts';
import { aDeliveredWorld } from '../a-delivered-world.ts';

export const day = 86_400_000;
export const entry = (action: string, until: string, owner = 'team:platform', actor = 'user:mona'): string => `{action: ${action}, actors: ["${actor}"], until: ${until}, owner: "${owner}", reason: usual}`;
export const waiver = (until: string): string => JSON.stringify({ version: 1, waivers: [{ code: 'contract/schema_invalid', fingerprint: 'abcdefabcdefabcd', path: 'contracts/a.yaml', owner: 'team:checkout', reason: 'later', grantedBy: 'user:mona', until }] });

/** Scanned every day, as time goes by from 2026-11-20 on. `infra.change` is of tier 2. */
export function aPermittingWorld(whitelist: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const world = aDeliveredWorld();
  const { github, clock, ports, store } = world;
  const scan = createScanner(ports, 60_000);
  const write = (entries: readonly string[], more: Readonly<Record<string, string>> = {}): string =>
    github.commit('main', { '.github/plumbline.yml': `version: 1\nwaivers: [waivers.json, others.json]\ngovernance:\n  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]\n  whitelist: [${entries.join(', ')}]\n`, 'infra/a.tf': 'one\n', ...more });
  write(whitelist, files);
  return {
    ...world, write,
    async days(count: number): Promise<void> {
      for (let passed = 0; passed < count; passed += 1) {
        await store.transaction((transaction) => transaction.enqueue(scanJob({ repository: github.ref, confirming: null })));
        const jobs = await store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 100 });
        await scan(jobs.find(({ kind }) => kind === 'scan') ?? assert.fail('no job'), new AbortController().signal);
        for (const job of jobs) await store.queue.complete(job, clock.now());
        clock.advance(day);
      }
    },
    async changes(number: number): Promise<void> {
      await world.receive(world.opens(number, 'mona', { 'infra/a.tf': `change ${number}\n` }));
      await world.settle();
      assert.deepEqual(world.failures, []);
    },
    async pushes(number: number, pushed: Readonly<Record<string, string>>): Promise<void> {
      await world.receive(world.pushes(number, 'mona', pushed));
      await world.settle();
      assert.deepEqual(world.failures, []);
    },
    async closes(number: number): Promise<void> {
      const facts = { ...(github.pulls.get(number) ?? assert.fail('no pull request')), state: 'closed' } as const;
      github.pulls.set(number, facts);
      await recordClose(ports, { repository: github.ref, number });
    },
    listed: async () => (await readDigest({ store, clock }, github.ref, null)).leftovers.map(({ repository, code, about, since }) => `${repository ?? 'organisation'} ${code} ${about} ${since.slice(0, 10)}`),
    told: async () => (await world.entries()).flatMap(({ event, outcome }) => (/^(whitelist|waiver)\./.test(event) ? [`${event} ${outcome}`] : [])),
  };
}

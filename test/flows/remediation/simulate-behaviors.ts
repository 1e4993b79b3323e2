import assert from 'node:assert/strict';
import { Failure } from '../../../src/domain/failure.ts';
import type { RemediationPorts } from '../../../src/flows/remediation/remediation-ports.ts';
import { randomFrom } from '../../../src/gates/drift/statistics/random.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import type { Passage } from './modelled-github.ts';
import { SeveralBehaviors } from './several-behaviors.ts';

const names = ['one', 'two', 'three'];
const plans = [['a'], ['a', 'b'], ['b'], ['b', 'c'], ['c'], ['a', 'c']];
const ticks = 400;

/** Each behaviour has one lease, which can end while its worker goes on, and is asked for before each write. */
class Turns {
  readonly behaviors: SeveralBehaviors;
  readonly leases = new Map<string, object>();
  readonly waiting: { readonly go: () => void }[] = [];

  constructor(behaviors: SeveralBehaviors) {
    this.behaviors = behaviors;
  }

  gate(): Promise<void> {
    if (this.behaviors.world.isCalm) return Promise.resolve();
    return new Promise((go) => void this.waiting.push({ go }));
  }

  async work(): Promise<void> {
    const { world } = this.behaviors;
    while (!world.isCalm) {
      await this.gate();
      const name = world.pick(names) ?? 'one';
      if (this.leases.has(name)) continue;
      const token = {};
      this.leases.set(name, token);
      await this.look(name, async () => {
        await this.gate();
        if (this.leases.get(name) !== token) throw new Failure('LEASE_LOST', 'the lease is lost');
      });
      if (this.leases.get(name) === token) this.leases.delete(name);
    }
  }

  async look(name: string, hold: () => Promise<void>): Promise<void> {
    const { behaviors } = this;
    const store: RemediationPorts['store'] = { audit: behaviors.store.audit, transaction: (work) => this.gate().then(() => behaviors.store.transaction(work)) };
    try {
      await behaviors.look(name, this.#passage(), { hold }, store);
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
    }
  }

  #passage(): Passage {
    const { world } = this.behaviors;
    return {
      read: () => this.gate(),
      write: async (_method, perform) => {
        if (world.happens(0.04)) throw new Failure('GITHUB_AMBIGUOUS', 'did not arrive');
        const answer = perform();
        if (world.happens(0.06)) throw new Failure('GITHUB_AMBIGUOUS', 'arrived, but its answer was lost');
        await this.gate();
        return answer;
      },
      watch: () => {},
    };
  }

  /** What drifts, or what mends it, is another; people merge, close and push. */
  async act(): Promise<void> {
    const { world, drifting, store, repository } = this.behaviors;
    const name = world.pick(names) ?? 'one';
    const open = world.pick(world.github.pulls.filter(({ state }) => state === 'open'));
    const chance = world.random();
    if (chance < 0.45) drifting.set(name, world.pick(plans) ?? []);
    else if (chance < 0.65) drifting.delete(name);
    else if (chance < 0.75 && open !== undefined) this.behaviors.merge(open);
    else if (chance < 0.8 && open !== undefined) world.github.close(open.number, 'human');
    else if (chance < 0.85 && open !== undefined) world.github.humanMove(open.branch, world.github.commit([open.head], 'human'));
    else if (chance < 0.9) world.github.now += 8 * 86_400_000;
    else if (chance < 0.95) this.leases.delete(name);
    else await store.transaction((transaction) => transaction.unsuppress({ repositoryId: repository.id, fingerprint: this.behaviors.fingerprint(name) }, new Date(world.github.now).toISOString()));
  }

  said(): Promise<readonly string[]> {
    return this.behaviors.store.transaction(async (transaction) => {
      const all: string[] = [];
      for (const name of names) for (const { said } of await transaction.remediationsOf(this.behaviors.repository.id, name)) all.push(said?.reason ?? 'nothing');
      return all;
    });
  }

  /** One worker, no faults, nobody else, until nothing is left to do. */
  async settle(): Promise<readonly string[]> {
    const { world } = this.behaviors;
    let before = '';
    for (let round = 0; round < 40; round += 1) {
      for (const name of names) await this.look(name, async () => {});
      assert.deepEqual(this.behaviors.twiceOpen(), []);
      const said = await this.said();
      const now = JSON.stringify([world.github.pulls, [...world.github.branches], said]);
      if (now === before) return said;
      before = now;
    }
    return assert.fail('it does not come to rest');
  }
}

/** Workers on behaviours whose plans have files in common, in an order of chance; then calm. @throws Error when two open pull requests of ours write one file, or no rest comes. */
export async function simulateBehaviors(seed: number): Promise<{ readonly said: readonly string[] }> {
  const random = randomFrom(seed);
  const behaviors = new SeveralBehaviors(random, memoryStore({ clock: { now: () => new Date(behaviors.world.github.now) } }));
  const turns = new Turns(behaviors);
  const { world } = behaviors;
  for (const name of names) behaviors.drifting.set(name, world.pick(plans) ?? []);
  let fatal: unknown = null;
  const workers = Array.from({ length: 2 + Math.floor(random() * 5) }, () => turns.work().catch((thrown: unknown) => void (fatal ??= thrown)));
  for (let tick = 0; tick < ticks; tick += 1) {
    if (random() < 0.04) await turns.act();
    else turns.waiting.splice(Math.floor(random() * turns.waiting.length), 1)[0]?.go();
    await drained();
    if (fatal !== null) throw fatal;
    assert.deepEqual(behaviors.twiceOpen(), []);
  }
  world.isCalm = true;
  for (const { go } of turns.waiting) go();
  await Promise.all(workers);
  return { said: await turns.settle() };
}

/** Everything that can go on without its turn did so. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

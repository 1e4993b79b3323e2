import assert from 'node:assert/strict';
import { Failure } from '../../../src/domain/failure.ts';
import { fingerprintOf } from '../../../src/domain/remediation/fingerprint.ts';
import type { SaidRemediation } from '../../../src/domain/remediation/remediation-record.ts';
import { followRemediation } from '../../../src/flows/remediation/follow-remediation.ts';
import { remediate } from '../../../src/flows/remediation/remediate.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { randomFrom } from '../../../src/gates/drift/statistics/random.ts';
import { actElsewhere } from '../../domain/remediation/model/people.ts';
import { fingerprints, World } from '../../domain/remediation/model/world.ts';
import type { Faults } from '../../domain/remediation/model/world.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { behavior, eventsOf, modelledPorts, repository } from './modelled-ports.ts';
import type { Measured } from './modelled-ports.ts';
import { modelledGitHub } from './modelled-github.ts';
import type { Passage } from './modelled-github.ts';

/** What one simulation came to. */
export interface Outcome {
  readonly world: World;
  /** Entries of the log: event and outcome. */
  readonly events: readonly string[];
  readonly mostOpen: number;
  readonly said: readonly SaidRemediation[];
}

const ticks = 500;

/** What ends a worker at once. */
class Crash extends Error {}

/** Lets one worker on at a time: each waits at its gate until it is its turn. */
class Worker {
  readonly #simulation: Simulation;
  readonly measured: Measured;
  /** Seen open, one by one, in this look. */
  readonly seenOpen = new Set<number>();
  #open: { readonly go: () => void; readonly end: (crash: Crash) => void } | null = null;
  tokens: readonly number[] = [];

  constructor(simulation: Simulation, mode: Measured['mode']) {
    this.#simulation = simulation;
    this.measured = { mode, last: { kind: 'error' } };
  }

  gate(): Promise<void> {
    if (this.#simulation.world.isCalm) return Promise.resolve();
    return new Promise((go, end) => {
      this.#open = { go, end };
    });
  }

  step(): void {
    const open = this.#open;
    this.#open = null;
    open?.go();
  }

  /** What it knew is gone, its leases stay until they end. */
  crash(): void {
    const open = this.#open;
    this.#open = null;
    open?.end(new Crash());
  }
}

class Simulation {
  readonly world: World;
  readonly store: Store;
  readonly mode: Measured['mode'];
  fatal: unknown = null;

  constructor(seed: number, faults: Faults) {
    this.world = new World(randomFrom(seed), faults);
    this.mode = seed % 5 === 0 ? 'auto' : 'propose';
    this.store = memoryStore({ clock: { now: () => new Date(this.world.github.now) } });
  }

  start(): Worker {
    const worker = new Worker(this, this.mode);
    void this.#work(worker).catch((thrown: unknown) => {
      if (!(thrown instanceof Crash)) this.fatal ??= thrown;
    });
    return worker;
  }

  async #work(worker: Worker): Promise<void> {
    for (;;) {
      await worker.gate();
      if (!this.lease(worker)) continue;
      await this.look(worker);
      this.release(worker);
    }
  }

  /** One behaviour has one lease; the model has one for each of its drifts. */
  lease(worker: Worker): boolean {
    const { record } = this.world;
    if (fingerprints.some((one) => record.heldLease(one) !== null)) return false;
    worker.tokens = fingerprints.map((one) => record.lease(one) ?? 0);
    return true;
  }

  release(worker: Worker): void {
    if (this.holds(worker)) this.expire();
  }

  expire(): void {
    for (const one of fingerprints) this.world.record.expire(one);
  }

  holds({ tokens }: Worker): boolean {
    return fingerprints.every((one, index) => this.world.record.holds(one, tokens[index] ?? -1));
  }

  async look(worker: Worker): Promise<void> {
    const { world } = this;
    worker.seenOpen.clear();
    const github = modelledGitHub(world, this.#passage(worker));
    const store = { audit: this.store.audit, transaction: <Result>(work: Parameters<Store['transaction']>[0]) => worker.gate().then(() => this.store.transaction(work)) as Promise<Result> };
    const hold = async (): Promise<void> => {
      await worker.gate();
      if (!this.holds(worker)) throw new Failure('LEASE_LOST', 'the lease is lost');
    };
    try {
      await remediate(modelledPorts({ world, store: { ...store, transaction: (work) => store.transaction(work) }, github, measured: worker.measured }), { repository, behavior }, { hold });
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
    }
  }

  #passage(worker: Worker): Passage {
    const { world } = this;
    return {
      read: () => worker.gate(),
      write: async (_method, perform) => {
        if (world.faults.brokenLeases) await worker.gate();
        if (world.happens(0.04)) throw new Failure('GITHUB_AMBIGUOUS', 'did not arrive');
        const answer = perform();
        if (world.happens(0.06)) throw new Failure('GITHUB_AMBIGUOUS', 'arrived, but its answer was lost');
        await worker.gate();
        return answer;
      },
      watch: (about) => {
        if (about.kind === 'seen') return void worker.seenOpen.add(about.number);
        if (about.kind === 'close') return this.#watchClose(worker, about.number);
        // Between our last look and our request a person can reopen what was closed: no request of GitHub's can rule that out, and row 1 ends it.
        const token = world.record.heldLease(world.github.pull(about.number).fingerprint);
        const isAlone = about.others.every((number) => world.github.pull(number).reopenedUnder === token);
        if (!isAlone && !world.faults.brokenLeases) throw new Error('a second pull request was opened for one drift');
      },
    };
  }

  /** What it is a duplicate of was seen open by itself: no request can rule out that somebody ends that one right after. */
  #watchClose({ measured: { last }, seenOpen }: Worker, number: number): void {
    const { github } = this.world;
    const { fingerprint } = github.pull(number);
    const isDuplicate = github.pulls.some((one) => one.fingerprint === fingerprint && one.number !== number && seenOpen.has(one.number));
    const isKnown = last.kind === 'pass' || (last.kind === 'drift' && (isDuplicate || fingerprintOf(last.identity) !== fingerprint));
    assert.ok(isKnown && (isDuplicate || last.confirmations >= 2), 'closed on missing evidence');
  }

  /** What people said to us is kept in our store, and GitHub tells what they opened again. */
  async hear(): Promise<void> {
    const { record, github } = this.world;
    for (const one of github.pulls.filter(({ isReopened }) => isReopened)) {
      one.isReopened = false;
      await followRemediation({ store: this.store }, { repository, branch: one.branch });
    }
    await this.store.transaction(async (transaction) => {
      for (const [number, head] of record.takeOvers) await transaction.recordRemediationPull({ repositoryId: repository.id, fingerprint: github.pull(number).fingerprint }, number, { takenOverAt: head });
      for (const [fingerprint, at] of record.unsuppressed) await transaction.unsuppress({ repositoryId: repository.id, fingerprint }, new Date(at).toISOString());
    });
    record.takeOvers.clear();
    record.unsuppressed.clear();
  }

  /** One worker, no faults, nobody else. */
  async settle(): Promise<readonly SaidRemediation[]> {
    this.world.isCalm = true;
    const worker = new Worker(this, this.mode);
    let before = '';
    for (let round = 0; round < 40; round += 1) {
      this.expire();
      this.lease(worker);
      await this.look(worker);
      const { github } = this.world;
      const said = await this.said();
      const now = JSON.stringify([github.pulls, [...github.branches], said]);
      if (now === before) return said;
      before = now;
    }
    return assert.fail('it does not come to rest');
  }

  said(): Promise<readonly SaidRemediation[]> {
    return this.store.transaction((transaction) => transaction.remediationsOf(repository.id, behavior));
  }
}

/** Workers, people and accidents by turns through the flow itself, in an order of chance; then calm, until nothing is left to do. */
export async function simulateFlow(seed: number, faults: Faults): Promise<Outcome> {
  const simulation = new Simulation(seed, faults);
  const { world } = simulation;
  const workers = Array.from({ length: 2 + Math.floor(world.random() * 7) }, () => simulation.start());
  let mostOpen = 0;
  const ending = faults.brokenLeases ? 0.13 : 0.09;
  for (let tick = 0; tick < ticks; tick += 1) {
    const chance = world.random();
    // Who holds the lease is let on more often, or little would be done.
    const holder = workers.findIndex((one) => simulation.holds(one));
    const chosen = holder >= 0 && world.random() < 0.65 ? holder : Math.floor(world.random() * workers.length);
    if (chance < 0.05) {
      actElsewhere(world);
      await simulation.hear();
    } else if (chance < 0.055) {
      workers[chosen]?.crash();
      workers[chosen] = simulation.start();
    } else if (chance < ending) simulation.expire();
    else workers[chosen]?.step();
    await drained();
    if (simulation.fatal !== null) throw simulation.fatal;
    mostOpen = Math.max(mostOpen, ...fingerprints.map((one) => world.openOf(one).length));
  }
  for (const worker of workers) worker.crash();
  await drained();
  const said = await simulation.settle();
  return { world, events: await eventsOf(simulation.store), mostOpen, said };
}

/** Everything that can go on without its turn did so. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../../src/domain/failure.ts';
import { remediate } from '../../../src/flows/remediation/remediate.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { fingerprints, World } from '../../domain/remediation/model/world.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { modelledGitHub } from './modelled-github.ts';
import type { Passage } from './modelled-github.ts';
import { behavior, eventsOf, modelledPorts, repository } from './modelled-ports.ts';
import type { Measured } from './modelled-ports.ts';

/** How a write ends that is the last of its process. */
type End = 'before' | 'after' | 'unanswered';

class Killed extends Error {}

/** Our store and GitHub, with a process that is killed at its write number `at`: before it, right after it, or its answer is lost. */
class Bench {
  readonly world: World;
  readonly store: Store;
  readonly measured: Measured;
  at = Number.POSITIVE_INFINITY;
  end: End = 'before';
  writes = 0;

  constructor(mode: Measured['mode']) {
    this.world = new World(() => 0.5, { brokenLeases: false });
    this.world.isCalm = true;
    this.store = memoryStore({ clock: { now: () => new Date(this.world.github.now) } });
    this.measured = { mode, last: { kind: 'error' } };
  }

  /** One job, in a process of its own. @returns Whether it came to its end. */
  async run(): Promise<boolean> {
    this.writes = 0;
    const github = modelledGitHub(this.world, this.#passage());
    const store = { audit: this.store.audit, transaction: <Result>(work: (transaction: never) => Promise<Result>) => this.#write(() => this.store.transaction(work as Parameters<Store['transaction']>[0]) as Promise<Result>) };
    const ports = modelledPorts({ world: this.world, store: { ...store, transaction: (work) => store.transaction(work) }, github, measured: this.measured });
    try {
      await remediate(ports, { repository, behavior }, { hold: async () => {} });
      return true;
    } catch (thrown) {
      if (thrown instanceof Killed) return false;
      throw thrown;
    }
  }

  async #write<Result>(perform: () => Promise<Result> | Result): Promise<Result> {
    this.writes += 1;
    if (this.writes !== this.at) return perform();
    if (this.end === 'before') throw new Killed();
    const result = await perform();
    if (this.end === 'after') throw new Killed();
    return result;
  }

  #passage(): Passage {
    return {
      read: async () => {},
      write: async (_method, perform) => {
        this.writes += 1;
        if (this.writes !== this.at) return perform();
        if (this.end === 'before') throw new Killed();
        const answer = perform();
        if (this.end === 'after') throw new Killed();
        if (this.end === 'unanswered') throw new Failure('GITHUB_AMBIGUOUS', 'lost');
        return answer;
      },
      watch: (about) => {
        if (about.kind === 'open') assert.deepEqual(about.others, [], 'a second pull request');
      },
    };
  }

  async settle(): Promise<void> {
    this.at = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run += 1) assert.equal(await this.run(), true);
  }

  /** What is there, without the names of commits, of which a crash can leave one too many. */
  async state(): Promise<unknown> {
    const { github } = this.world;
    const pulls = github.pulls.map(({ number, branch, state, by, queued, head }) => ({ number, branch, state, by, queued, isAtTip: (github.branches.get(branch) ?? null) === (state === 'open' ? head : null) }));
    const records = await this.store.transaction(async (transaction) => {
      const kept = [];
      for (const fingerprint of fingerprints) {
        const key = { repositoryId: repository.id, fingerprint };
        const recorded = (await transaction.remediationPulls(key)).map(({ number, recorded: its, whyClosed, verifiedAt, toldHead }) => ({ number, plan: its?.plan, isAtHead: its?.head === github.pull(number).head, whyClosed, isVerified: verifiedAt !== null, isTold: toldHead === github.pull(number).head }));
        kept.push({ recorded, intents: (await transaction.intents(key)).map(({ generation, mode, plan }) => ({ generation, mode, plan })), suppressed: await transaction.suppressions(key) });
      }
      return kept;
    });
    return { pulls, branches: [...github.branches.keys()], records };
  }
}

interface Story {
  readonly title: string;
  readonly mode?: Measured['mode'];
  /** What is there before the run that is killed. */
  readonly before: (bench: Bench) => Promise<void>;
}

const open = async (bench: Bench): Promise<void> => void (await bench.run());

const stories: readonly Story[] = [
  { title: 'row 15, nothing is there', before: async () => {} },
  { title: 'row 15 in auto mode', mode: 'auto', before: async () => {} },
  {
    title: 'row 5, the plan changed',
    before: async (bench) => {
      await open(bench);
      bench.world.plan += 1;
    },
  },
  {
    title: 'row 5, the base conflicts',
    before: async (bench) => {
      await open(bench);
      bench.world.github.base = bench.world.github.commit([bench.world.github.base], 'human');
      bench.world.conflicts = true;
    },
  },
  {
    title: 'row 7, the drift is gone',
    before: async (bench) => {
      await open(bench);
      bench.world.truth = null;
    },
  },
  {
    title: 'row 6, another drift is there',
    before: async (bench) => {
      await open(bench);
      bench.world.truth = fingerprints[1];
    },
  },
  {
    title: 'row 3, a person pushed',
    before: async (bench) => {
      await open(bench);
      const { github } = bench.world;
      const { branch, head } = github.pull(1);
      github.humanMove(branch, github.commit([head], 'human'));
    },
  },
  {
    title: 'row 9, a person closed it',
    before: async (bench) => {
      await open(bench);
      bench.world.github.close(1, 'human');
    },
  },
  {
    title: 'row 10, the drift came back after our close',
    before: async (bench) => {
      await open(bench);
      bench.world.truth = null;
      await bench.run();
      [bench.world.truth] = fingerprints;
    },
  },
  {
    title: 'row 12, it was merged and the drift is gone',
    before: async (bench) => {
      await open(bench);
      bench.world.github.merge(bench.world.github.pull(1));
      bench.world.truth = null;
    },
  },
  {
    title: 'row 12, it was merged in vain',
    before: async (bench) => {
      await open(bench);
      bench.world.github.merge(bench.world.github.pull(1));
      bench.world.github.now += 2 * 3_600_000;
    },
  },
];

async function prepared({ mode = 'propose', before }: Story): Promise<Bench> {
  const bench = new Bench(mode);
  await before(bench);
  return bench;
}

describe('a process that is killed at any write', () => {
  for (const story of stories) {
    it(`leaves what the next one brings to the same end: ${story.title}`, async () => {
      const whole = await prepared(story);
      await whole.run();
      const { writes } = whole;
      await whole.settle();
      const expected = await whole.state();
      for (const end of ['before', 'after', 'unanswered'] as const) {
        for (let at = 1; at <= writes; at += 1) {
          const bench = await prepared(story);
          Object.assign(bench, { at, end });
          await bench.run();
          await bench.settle();
          assert.deepEqual(await bench.state(), expected, `${end} write ${at} of ${writes}`);
        }
      }
    });
  }

  it('has what it meant in the log before it writes anything, and what it did behind it', async () => {
    const bench = new Bench('propose');
    await bench.run();
    await bench.settle();
    assert.deepEqual(await eventsOf(bench.store), ['remediation.intent create', 'remediation.created drift_confirmed', 'remediation.skipped same_content']);
  });

  it('writes nothing at all when nothing is to be done', async () => {
    const bench = new Bench('propose');
    await bench.settle();
    const before = (await eventsOf(bench.store)).length;
    await bench.settle();
    assert.equal((await eventsOf(bench.store)).length, before);
    assert.equal(bench.world.github.pulls.length, 1);
  });
});

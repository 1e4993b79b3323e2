import { digestOfValue } from '../../../src/domain/digest.ts';
import type { Digest } from '../../../src/domain/digest.ts';
import type { BehaviorDrift } from '../../../src/domain/remediation/behavior-drift.ts';
import { baseRefOf, fingerprintOf } from '../../../src/domain/remediation/fingerprint.ts';
import type { DriftIdentity } from '../../../src/domain/remediation/fingerprint.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { Sha } from '../../../src/domain/tree.ts';
import type { HeldLease } from '../../../src/flows/held-lease.ts';
import type { GitHubRemediation } from '../../../src/flows/ports/github-remediation.ts';
import { remediate } from '../../../src/flows/remediation/remediate.ts';
import type { RemediationPorts } from '../../../src/flows/remediation/remediation-ports.ts';
import { githubTexts } from '../../../src/render/remediation/github-texts.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { aRemediationPlan } from '../../builders/a-remediation-plan.ts';
import type { ModelPullRequest } from '../../domain/remediation/model/github-model.ts';
import { World } from '../../domain/remediation/model/world.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';
import { modelledGitHub } from './modelled-github.ts';
import type { Passage } from './modelled-github.ts';
import { repository as defaultRepository } from './modelled-ports.ts';

/** Behaviours of one repository, which of them drift, and which files mend each. */
export class SeveralBehaviors {
  readonly world: World;
  readonly store: RemediationPorts['store'];
  readonly repository: RepositoryRef;
  /** What drifts, with the files that mend it. */
  readonly drifting = new Map<string, readonly string[]>();
  /** What our commits hold that the base does not. */
  readonly #files = new Map<Sha, readonly string[]>();
  /** Commits that were the tip of the base, but for the first. */
  readonly #bases = new Set<Sha>();

  constructor(random: () => number, store: RemediationPorts['store'], repository: RepositoryRef = defaultRepository) {
    this.world = new World(random, { brokenLeases: false });
    this.store = store;
    this.repository = repository;
  }

  fingerprint(behavior: string): Digest {
    return fingerprintOf(this.#identity(behavior));
  }

  #identity(behavior: string): DriftIdentity {
    return { repositoryId: this.repository.id, baseRef: baseRefOf('main'), detector: { id: 'model', version: '1' }, target: behavior, expected: digestOfValue('expected'), observed: 'changed', playbook: { id: 'model', version: '1' } };
  }

  look(behavior: string, passage: Passage, lease: HeldLease, store: RemediationPorts['store'] = this.store): Promise<void> {
    const github = this.#watched(modelledGitHub(this.world, passage));
    return remediate(this.#ports(github, store), { repository: this.repository, behavior }, lease);
  }

  #ports(github: GitHubRemediation, store: RemediationPorts['store']): RemediationPorts {
    return {
      store,
      github: {
        remediation: () => github,
        issues: () => {
          throw new Error('no plan of the model has an issue');
        },
        repository: () => {
          const all = new FakeGitHub();
          all.commit('main', { a: '', b: '', c: '' });
          return { ...all.repository, tree: () => all.repository.tree('main') };
        },
      },
      clock: { now: () => new Date(this.world.github.now) },
      log: fakeLog(),
      sources: {
        driftNow: async (_repository, behavior) => this.#driftOf(behavior),
        planFor: async (_repository, behavior) => ({ plan: this.#planOf(behavior), refused: null }),
        rollbackFor: async () => ({ kind: 'no_playbook' }),
      },
      texts: githubTexts,
      refusalOfWish: async () => null,
    };
  }

  #driftOf(behavior: string): BehaviorDrift {
    const { world } = this;
    const confirmations = world.happens(0.1) ? 1 : 2;
    const seen: BehaviorDrift['seen'] = world.happens(0.08) ? { kind: 'inconclusive' } : this.drifting.has(behavior) ? { kind: 'drift', confirmations, identity: this.#identity(behavior), told: aKeptDrift() } : { kind: 'pass', confirmations };
    return { target: behavior, baseBranch: 'main', seen, mode: 'propose', heldBy: [], verificationWindow: 3_600_000 };
  }

  #planOf(behavior: string): ReturnType<typeof aRemediationPlan> | null {
    const paths = this.drifting.get(behavior);
    return paths === undefined ? null : aRemediationPlan({ digest: digestOfValue(['plan', ...paths]), files: paths.map((path) => ({ path, text: `${behavior}\n`, before: null, mode: '100644' })) });
  }

  #watched(github: GitHubRemediation): GitHubRemediation {
    return {
      ...github,
      makeCommit: async (wanted) => {
        const head = await github.makeCommit(wanted);
        const written = wanted.files.filter((file) => 'text' in file && file.text !== null).map(({ path }) => path);
        const left = this.filesAt(wanted.onto).filter((path) => wanted.files.every((file) => file.path !== path));
        this.#files.set(head, [...left, ...written]);
        return head;
      },
    };
  }

  /** What a commit has that the base has not, as far as we wrote it. */
  filesAt(head: Sha): readonly string[] {
    const { github } = this.world;
    const own = this.#files.get(head);
    if (own !== undefined) return own;
    return this.#bases.has(head) || head === github.base ? [] : (github.commits.get(head)?.parents ?? []).flatMap((parent) => this.#files.get(parent) ?? []);
  }

  merge(one: ModelPullRequest): void {
    this.world.github.merge(one);
    this.#bases.add(this.world.github.base);
  }

  /** Files that more than one open pull request writes. */
  twiceOpen(): readonly string[] {
    const all = this.world.github.pulls.filter(({ state }) => state === 'open').flatMap(({ head }) => [...new Set(this.filesAt(head))]);
    return all.filter((path, index) => all.indexOf(path) !== index);
  }
}

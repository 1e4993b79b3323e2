import type { Digest } from '../../../src/domain/digest.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { readTrailer } from '../../../src/domain/remediation/read-trailer.ts';
import type { RemediationQuestion, RemediationReading, SeenPullRequest } from '../../../src/domain/remediation/remediation-reading.ts';
import type { NotWritten, OpenAnswer, WriteAnswer } from '../../../src/domain/remediation/write-answer.ts';
import { refusalOf } from '../../../src/domain/refusal.ts';
import type { Sha } from '../../../src/domain/tree.ts';
import type { CommitToBuild, GitHubRemediation } from '../../../src/flows/ports/github-remediation.ts';
import { Refusal } from '../../domain/remediation/model/github-model.ts';
import type { ModelPullRequest } from '../../domain/remediation/model/github-model.ts';
import type { World } from '../../domain/remediation/model/world.ts';

/** What one worker meets on its way to GitHub. */
export interface Passage {
  /** Before each part of a read, and before a request that was asked for under a lease that may be gone. */
  read(): Promise<void>;
  /** Around a request that changes something: it may not arrive, and its answer may be lost. */
  write<Answer>(method: string, perform: () => Answer): Promise<Answer>;
  /** Called with the pull request that was just seen open, is about to be closed, or opened beside these open ones. */
  watch(about: { readonly kind: 'seen'; readonly number: number } | { readonly kind: 'close'; readonly number: number } | { readonly kind: 'open'; readonly number: number; readonly others: readonly number[] }): void;
}

const title = 'T';

/** GitHub's model as the flow knows it. */
export function modelledGitHub(world: World, passage: Passage): GitHubRemediation {
  const { github } = world;
  const write = <Answer>(method: string, perform: () => Answer): Promise<Answer | NotWritten> => passage.write(method, () => orMoved(perform));
  const writeRef = (method: string, perform: () => void): Promise<WriteAnswer> => write(method, () => (perform(), { kind: 'written' as const }));
  const openAlone = (number: number, open: () => void): void => {
    const others = world.openOf(github.pull(number).fingerprint).filter((one) => one !== number);
    open();
    passage.watch({ kind: 'open', number, others });
  };
  return {
    async read(question) {
      await passage.read();
      if (world.happens(0.04)) throw new Failure('GITHUB_UNAVAILABLE', 'a page is missing');
      const pulls = github.pulls.map((one) => seen(world, one));
      await passage.read();
      const branches = [...github.branches].map(([name, tip]) => ({ name, tip })).filter(({ name }) => name.toLowerCase().startsWith('plumbline'));
      const { base } = github;
      await passage.read();
      return { base, mergesByItself: true, branches, pullRequests: pulls.filter((one) => isWanted(one, question)) } satisfies RemediationReading;
    },
    hasRoom: () => !world.happens(0.05),
    makeCommit: async ({ parents }: CommitToBuild) => asSha(await write('makeCommit', () => github.commit(parents, 'us'))),
    createBranch: (branch, at) => writeRef('createBranch', () => github.createBranch(branch, at)),
    moveBranch: (branch, from, to) =>
      writeRef('moveBranch', () => {
        github.append(branch, from, to);
        if (github.commits.get(to)?.parents.length === 2) world.conflicts = false;
      }),
    deleteBranch: (branch, at) => writeRef('deleteBranch', () => github.deleteBranch(branch, at)),
    openPullRequest: async ({ branch, base, text }): Promise<OpenAnswer> =>
      write('openPullRequest', () => {
        const number = github.openPull(branch, base, fingerprintIn(text));
        github.pull(number).body = text;
        const others = world.openOf(github.pull(number).fingerprint).filter((one) => one !== number);
        passage.watch({ kind: 'open', number, others });
        return { kind: 'opened' as const, number, url: urlOf(number) };
      }),
    editText: (number, text) => writeRef('editText', () => void (github.pull(number).body = text)),
    armAutoMerge: (number, head) =>
      writeRef('armAutoMerge', () => {
        const one = github.pull(number);
        if (one.head !== head || one.state !== 'open') throw new Refusal('moved');
        one.queued = true;
      }),
    close: (number) =>
      writeRef('close', () => {
        passage.watch({ kind: 'close', number });
        github.close(number, 'us');
      }),
    reopen: async (number) =>
      write('reopen', () => {
        try {
          openAlone(number, () => github.reopen(number));
          return { kind: 'written' as const };
        } catch (thrown) {
          if (!(thrown instanceof Refusal)) throw thrown;
          return { kind: 'refused' as const, refusal: refusalOf('not_reopenable'), why: title };
        }
      }),
    async textNow(number) {
      await passage.read();
      return github.pull(number).body;
    },
    async headNow(number) {
      await passage.read();
      const one = github.pull(number);
      if (one.state !== 'open') return null;
      passage.watch({ kind: 'seen', number });
      return one.head;
    },
    async say() {
      await write('say', () => undefined);
    },
  };
}

function isWanted(one: SeenPullRequest, { heads, numbers }: RemediationQuestion): boolean {
  return one.state.kind === 'open' || heads.includes(one.branch) || numbers.includes(one.number);
}

function orMoved<Answer>(perform: () => Answer): Answer | NotWritten {
  try {
    return perform();
  } catch (thrown) {
    if (thrown instanceof Refusal) return { kind: 'moved' };
    throw thrown;
  }
}

function asSha(answer: Sha | NotWritten): Sha {
  if (typeof answer !== 'string') throw new Error('an object can not be refused');
  return answer;
}

function fingerprintIn(text: string): Digest {
  const reading = readTrailer(text, true);
  if (reading.kind !== 'trailer') throw new Error(`a pull request without a trailer: ${text}`);
  return reading.trailer.fingerprint;
}

function urlOf(number: number): string {
  return `https://github.test/o/r/pull/${number}`;
}

function seen({ conflicts }: World, one: ModelPullRequest): SeenPullRequest {
  return { number: one.number, url: urlOf(one.number), openedByUs: true, fromFork: false, branch: one.branch, baseBranch: one.base, head: one.head, body: one.body, state: stateOf(one, conflicts) };
}

function stateOf({ state, queued, at, by }: ModelPullRequest, conflicts: boolean): SeenPullRequest['state'] {
  const instant = new Date(at).toISOString();
  switch (state) {
    case 'open':
      return { kind: 'open', mergesBy: queued ? 'merge_queue' : null, conflicts };
    case 'closed':
      return { kind: 'closed', at: instant, by };
    case 'merged':
      return { kind: 'merged', at: instant };
  }
}

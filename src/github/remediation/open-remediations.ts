import { commentMarker } from '../../domain/effect.ts';
import type { GitHubApp } from '../../flows/ports/github-app.ts';
import { sayInPlace } from '../comments.ts';
import { readPullRequestHead } from '../pull-request-head.ts';
import type { RepositoryCalls } from '../repository-calls.ts';
import { makeCommit } from './make-commit.ts';
import { readText } from './read-text.ts';
import { readRemediation } from './read-remediation.ts';
import { RemediationMemory } from './remediation-memory.ts';
import { armAutoMerge, editText, openRemediation, setPullRequestState } from './write-pull-requests.ts';
import { updateRef } from './write-refs.ts';

export interface RemediationOptions {
  readonly calls: RepositoryCalls;
  readonly appId: number;
  readonly slug: () => Promise<string>;
}

/** Remediation of one repository. What a read told is kept for the writes that follow it. */
export function openRemediations({ calls, appId, slug }: RemediationOptions): ReturnType<GitHubApp['remediation']> {
  let known: Promise<RemediationMemory> | null = null;
  const memory = (): Promise<RemediationMemory> => (known ??= slug().then((own) => new RemediationMemory(own)));
  return {
    read: async (question) => {
      known = null;
      return readRemediation(calls, await memory(), question);
    },
    hasRoom: () => calls.hasRoomForPullRequest(),
    makeCommit: async (wanted) => makeCommit(calls, await memory(), wanted),
    createBranch: async (branch, at) => updateRef(calls, await memory(), { branch, from: null, to: at }),
    moveBranch: async (branch, from, to) => updateRef(calls, await memory(), { branch, from, to }),
    deleteBranch: async (branch, at) => updateRef(calls, await memory(), { branch, from: at, to: null }),
    openPullRequest: async (wanted) => openRemediation(calls, await memory(), wanted),
    editText: (number, text) => editText(calls, number, text),
    armAutoMerge: async (number, head) => armAutoMerge(calls, await memory(), number, head),
    close: (number) => setPullRequestState(calls, number, 'closed'),
    reopen: (number) => setPullRequestState(calls, number, 'open'),
    textNow: (number) => readText(calls, number),
    headNow: async (number) => {
      const now = await readPullRequestHead(calls, number);
      return now?.state === 'open' ? now.head : null;
    },
    say: (number, text) => sayInPlace(calls, { appId, number, text, marker }),
  };
}

const marker = commentMarker('remediation');

import { generationOf, isRemediationBranch } from './branch-name.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Sha } from '../tree.ts';
import type { Intent, PendingCommit, RecordedHead, RemediationPullRequest, RemediationState } from './remediation-state.ts';

/** A pull request of the state's fingerprint that our App opened. */
export interface OwnPullRequest extends RemediationPullRequest {
  /** Null where its branch has not the name of any generation any more. */
  readonly generation: number | null;
}

/** The state, with what every row asks of it. */
export interface Facts {
  readonly state: RemediationState;
  /** By number. */
  readonly own: readonly OwnPullRequest[];
  readonly open: readonly OwnPullRequest[];
  /** The newest that is not open, but for closed duplicates. */
  readonly latest: OwnPullRequest | null;
}

export function factsOf(state: RemediationState): Facts {
  const own = state.pullRequests
    .filter((one) => isOwn(one, state.fingerprint))
    .map((one) => ({ ...one, generation: generationOf(one.branch, state.fingerprint) }))
    .toSorted((a, b) => a.number - b.number);
  const latest = own.findLast(({ state: its }) => its.kind === 'merged' || (its.kind === 'closed' && its.why !== 'duplicate'));
  return { state, own, open: own.filter((one) => one.state.kind === 'open'), latest: latest ?? null };
}

/** The same, of the same drift on former bases. */
export function formerFacts({ state }: Facts): readonly Facts[] {
  return state.formerBases.map((former) => factsOf({ ...state, ...former, formerBases: [] }));
}

/** By its branch; by its trailer only where the branch has none of our names, since people edit texts. From a fork, or opened by others, it is not ours whatever it says. */
function isOwn({ openedByUs, fromFork, branch, trailer }: RemediationPullRequest, fingerprint: Fingerprint): boolean {
  if (!openedByUs || fromFork) return false;
  if (isRemediationBranch(branch)) return generationOf(branch, fingerprint) !== null;
  return trailer.kind === 'trailer' && trailer.trailer.fingerprint === fingerprint;
}

export function intentOf({ state }: Facts, generation: number | null): Intent | null {
  return state.intents.find((intent) => intent.generation === generation) ?? null;
}

/** Our commit at which it stands, as our record says, or what was written ahead of a push whose answer was lost. Null where it is none of ours. */
export function ownCommitOf(facts: Facts, { recorded, generation, branch, head }: OwnPullRequest): RecordedHead | null {
  if (recorded?.head === head) return recorded;
  const pending = pendingAt(facts, branch, head);
  if (pending !== null) return { head, plan: pending.plan, holdsOthersCommits: pending.onOthersCommits || recorded?.holdsOthersCommits === true };
  const intent = recorded === null ? intentOf(facts, generation) : null;
  return intent?.head === head ? { head, plan: intent.plan, holdsOthersCommits: false } : null;
}

export function pendingAt({ state }: Facts, branch: string, head: Sha): PendingCommit | null {
  return state.pending.find((one) => one.branch === branch && one.head === head) ?? null;
}

/** Whether nobody but us has a hand in it: only then may it be pushed to, closed, or lose its branch. */
export function isUntouched(facts: Facts, one: OwnPullRequest): boolean {
  return one.generation !== null && isOnBase(facts, one) && ownCommitOf(facts, one)?.holdsOthersCommits === false;
}

/** Whether it waits in the merge queue, or for auto-merge. */
export function isQueued({ state }: OwnPullRequest): boolean {
  return state.kind === 'open' && state.mergesBy !== null;
}

/** Whether it still goes where it was opened for, or to what that branch became. */
export function isOnBase({ state }: Facts, { baseBranch }: OwnPullRequest): boolean {
  return baseBranch === state.baseBranch || baseBranch === state.measuredBranch;
}

import { generationOf, isRemediationBranch } from './branch-name.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Intent, RemediationPullRequest, RemediationState } from './remediation-state.ts';

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

/** By its branch; by its trailer only where the branch has none of our names, since people edit texts. From a fork, or opened by others, it is not ours whatever it says. */
function isOwn({ openedByUs, fromFork, branch, trailer }: RemediationPullRequest, fingerprint: Fingerprint): boolean {
  if (!openedByUs || fromFork) return false;
  if (isRemediationBranch(branch)) return generationOf(branch, fingerprint) !== null;
  return trailer.kind === 'trailer' && trailer.trailer.fingerprint === fingerprint;
}

export function intentOf({ state }: Facts, generation: number | null): Intent | null {
  return state.intents.find((intent) => intent.generation === generation) ?? null;
}

/** The commit of ours that its branch stood at last, as our record or, before that, our intent says. */
export function recordedHeadOf(facts: Facts, { recorded, generation }: OwnPullRequest): string | null {
  return recorded?.head ?? intentOf(facts, generation)?.head ?? null;
}

/** Whether nobody but us has a hand in it: only then may it be pushed to, closed, or lose its branch. */
export function isUntouched(facts: Facts, one: OwnPullRequest): boolean {
  return one.generation !== null && recordedHeadOf(facts, one) === one.head && one.baseBranch === facts.state.baseBranch && one.recorded?.holdsOthersCommits !== true;
}

/** Whether the drift was gone since the newest pull request: what is there now came back. */
export function isReturn({ latest }: Facts): boolean {
  if (latest === null) return false;
  return latest.state.kind === 'merged' ? latest.state.verified : latest.state.kind === 'closed' && latest.state.by === 'us';
}

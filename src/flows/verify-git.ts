import type { GitClaims } from '../audit/git-claims.ts';
import type { GitVerification, GitWrong } from '../audit/git-verification.ts';
import type { ReleaseClaim } from '../audit/release-claim.ts';
import { failureOf } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import { firstParentLine } from './first-parent-line.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { verifyReleasedFiles } from './verify-released-files.ts';
import { verifyTip } from './verify-tip.ts';

/** What verifying reads git by. */
export interface BranchSource extends ObjectSource {
  /** Tip of a branch as the remote has it, else as it stands here; null when there is none. */
  branchTip(branch: string): Promise<Sha | null>;
}

/** What was found out about one branch so far. */
export interface Held {
  readonly present: number;
  readonly replaced: number;
  readonly retired: number;
  readonly wrong: readonly GitWrong[];
  readonly doubts: readonly string[];
}

/**
 * Compares what git holds with what the log says was released, branch by branch: every release commit is on the
 * branch's first-parent history, has the file with the recorded bytes and content, and the tip still holds the release
 * or a lawful successor. What git did after the newest commit that the log names is told, and neither right nor wrong.
 */
export async function verifyGit(git: BranchSource, claims: GitClaims): Promise<GitVerification> {
  const branches = Map.groupBy(claims.releases, ({ branch }) => branch);
  const held: Held[] = [];
  for (const [branch, releases] of branches) held.push(await verifyBranch(git, branch, releases, claims));
  const wrong = held.flatMap((one) => one.wrong).toSorted((a, b) => a.sequence - b.sequence);
  const doubts = [...held.flatMap((one) => one.doubts), ...doubtsOf(claims)];
  const sum = (count: (one: Held) => number): number => held.reduce((total, one) => total + count(one), 0);
  const [present, replaced, retired] = [sum((one) => one.present), sum((one) => one.replaced), sum((one) => one.retired)];
  return {
    outcome: outcomeOf(wrong, doubts),
    repository: claims.name,
    releases: present + replaced + retired,
    present,
    replaced,
    retired,
    firstWrong: wrong[0] ?? null,
    notes: [`${claims.releases.length} releases compared with git: ${present} stand at the tip of their branch, ${replaced} were replaced by a later version, ${retired} were retired and are gone.`, ...doubts],
  };
}

function outcomeOf(wrong: readonly GitWrong[], doubts: readonly string[]): GitVerification['outcome'] {
  if (wrong.length > 0) return 'tampered';
  return doubts.length > 0 ? 'unchecked' : 'verified';
}

function doubtsOf({ releases, silent }: GitClaims): readonly string[] {
  const older = silent.length === 0 ? [] : [`${silent.length} releases could not be compared, the first one at entry ${silent[0] ?? 0}: an older version recorded them, or where they stood was erased.`];
  return releases.length === 0 && silent.length === 0 ? ['The log has no release of this repository: nothing is proven.'] : older;
}

async function verifyBranch(git: BranchSource, branch: string, releases: readonly ReleaseClaim[], claims: GitClaims): Promise<Held> {
  try {
    const tip = await git.branchTip(branch);
    if (tip === null) return doubtful(`The branch ${JSON.stringify(branch)} is not there: ${releases.length} releases could not be compared. Fetch it, or give another clone.`);
    const line = (await firstParentLine(git, tip, null)).commits.map(({ sha }) => sha);
    const order = new Map(line.map((sha, index) => [sha, index]));
    const gone = releases.filter(({ commit }) => !order.has(commit)).map(goneFrom(branch));
    const there = releases.filter(({ commit }) => order.has(commit));
    const changed = await verifyReleasedFiles(git, there);
    const atTip = await verifyTip(git, { line, order, releases: there, claims });
    return { ...atTip, wrong: [...gone, ...changed, ...atTip.wrong] };
  } catch (thrown) {
    return doubtful(failureOf(thrown, 'SNAPSHOT_UNREADABLE').message);
  }
}

function goneFrom(branch: string): (claim: ReleaseClaim) => GitWrong {
  return ({ sequence, contractId, version, commit }) => ({
    reason: 'commit_gone',
    sequence,
    message: `Cannot find the release of ${JSON.stringify(contractId)} ${version} (entry ${sequence}): commit ${commit.slice(0, 12)} is not on the first-parent history of ${JSON.stringify(branch)}. The branch was rewritten, or this is not its history.`,
  });
}

function doubtful(doubt: string): Held {
  return { present: 0, replaced: 0, retired: 0, wrong: [], doubts: [doubt] };
}

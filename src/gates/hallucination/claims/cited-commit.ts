import type { Citation } from '../../../domain/agent-evidence/evidence-document.ts';
import type { ClaimCheck } from '../../../domain/agent-evidence/verified-claim.ts';
import { quoted } from '../../../domain/finding.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { Sha } from '../../../domain/tree.ts';
import type { GroundedChange } from '../grounded-change.ts';

/** The commit that a citation means: the merge base where it names none; null where it names something else than a commit in full. */
export function commitOf({ revision }: Pick<Citation, 'revision'>, { mergeBase }: Pick<Snapshot, 'mergeBase'>): Sha | null {
  if (revision === null) return mergeBase;
  // A branch or a tag may be named like the beginning of a commit and moves: no name is ever resolved.
  return revision.length === mergeBase.length && /^[0-9a-f]+$/.test(revision) ? revision : null;
}

export function protectionRequest(commit: Sha, { mergeBase, base, change }: Snapshot): RequestOf<'commit-protected'> {
  return { kind: 'commit-protected', commit, range: { mergeBase, base, branch: change.baseBranch } };
}

/** `protected`: what stands there may carry a claim. The checks say why another one may not. */
export interface CommitStanding {
  readonly kind: 'protected' | 'own' | 'absent' | 'unknown' | 'unread';
  readonly checks: readonly ClaimCheck[];
}

/** @param isRead Whether it is among the commits that are asked for. */
export function commitStanding({ revision }: Citation, commit: Sha | null, isRead: boolean, { snapshot, evidence }: GroundedChange): CommitStanding {
  if (commit === null) return { kind: 'absent', checks: [reachable('failed', `${quoted(revision ?? '')} is no commit, expected its name in full: branches, tags and short names can mean something else tomorrow`)] };
  if (!isRead) return { kind: 'unread', checks: [reachable('notice', `${short(commit)} was not looked up: the claims about one change may cite fewer commits`)] };
  const answer = evidence.find(protectionRequest(commit, snapshot));
  if (answer?.kind !== 'answered') return { kind: 'unknown', checks: [reachable('unavailable', `it could not be told whether ${short(commit)} is on a protected branch: ${answer?.why ?? 'it was not asked'}`)] };
  switch (answer.value) {
    case 'protected':
      return { kind: 'protected', checks: [reachable('passed', `${short(commit)} is on a protected branch`)] };
    case 'absent':
      return { kind: 'absent', checks: [reachable('failed', `the repository has no commit ${short(commit)}`)] };
    case 'unprotected':
      return { kind: 'own', checks: [reachable('notice', `${short(commit)} is on no protected branch`), { code: 'SELF_CITED', status: 'failed', detail: `${short(commit)} is on no protected branch: what stands there is the change's own, or a fork's, and proves nothing` }] };
  }
}

function reachable(status: ClaimCheck['status'], detail: string): ClaimCheck {
  return { code: 'COMMIT_REACHABLE', status, detail };
}

function short(commit: Sha): string {
  return commit.slice(0, 12);
}

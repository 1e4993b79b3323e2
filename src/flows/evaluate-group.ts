import type { RepositoryRef } from '../domain/repository.ts';
import { mergeGroupSubject } from '../domain/subject.ts';
import { captureConfiguration } from './capture-configuration.ts';
import { ensureRecord } from './ensure-record.ts';
import { evaluateChange } from './evaluate-change.ts';
import { evidenceOfMembers } from './evidence-of-members.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { GroupRange } from '../domain/group-range.ts';
import { evaluateGroupJob } from './job-requests.ts';
import { mergeGroupMembers } from './merge-group-members.ts';

export interface GroupToEvaluate extends GroupRange {
  readonly repository: RepositoryRef;
}

/** Judges a merge group, base_sha…head_sha, as one change, on the group's own commit. */
export async function evaluateGroup(ports: FlowPorts, group: GroupToEvaluate): Promise<void> {
  const github = ports.github.repository(group.repository);
  const baseBranch = group.baseRef.replace(/^refs\/heads\//, '');
  const defaultBranch = await github.defaultBranch();
  const { state: configuration, entry, branches } = await captureConfiguration(ports, { repository: group.repository, github, commit: group.baseSha, branch: baseBranch, defaultBranch });
  if (entry === null) return;
  // The base may be another group's, which is on no branch yet.
  const tip = await github.branchTip(baseBranch);
  if (tip === null) return;
  const isRecorded = await ensureRecord(ports, group.repository, { entry, branch: baseBranch, branches, defaultBranch, tip });
  const members = await mergeGroupMembers(github, { ...group, baseBranch });
  const told = members === null ? null : await evidenceOfMembers(github, configuration.effective, members, group.baseSha);
  await evaluateChange(ports, github, {
    repository: group.repository,
    subject: mergeGroupSubject(group.headRef),
    change: {
      subject: { kind: 'merge-group', headRef: group.headRef, members: members === null ? 'unresolved' : members.map((one) => one.number) },
      author: members?.[0]?.author ?? 'unknown',
      title: `Merge group ${group.headRef}`,
      ...(told === null ? {} : { members: told }),
      draft: false,
      fork: false,
      baseBranch,
    },
    base: group.baseSha,
    tip,
    head: group.headSha,
    entry,
    configuration,
    pullRequest: null,
    group: rangeOf(group),
    members,
    isRecorded,
    again: (runAt) => evaluateGroupJob(group.repository, group, runAt),
    isCurrent: async () => true,
  });
}

function rangeOf({ headSha, headRef, baseSha, baseRef }: GroupToEvaluate): GroupRange {
  return { headSha, headRef, baseSha, baseRef };
}

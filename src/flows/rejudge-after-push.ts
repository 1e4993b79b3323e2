import type { Configuration } from '../domain/configuration/configuration.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import type { RecordState } from '../domain/release.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { FileRole } from '../domain/snapshot.ts';
import { foldedPath } from '../domain/snapshot-files.ts';
import type { Sha, Tree } from '../domain/tree.ts';
import { evaluateJob } from './job-requests.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { DecisionRecord, GitHubRepository, PullRequestRecord } from './ports.ts';

export interface PushedRange {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly configuration: Configuration | null;
  /** How far the record reached before the push. */
  readonly before: RecordState | null;
  readonly tip: Sha;
}

/** Enqueues exactly the open pull requests into the branch whose inputs changed. Where that can not be told, all of them. */
export async function rejudgeAfterPush(ports: FlowPorts, github: GitHubRepository, push: PushedRange): Promise<void> {
  const touched = await touchedPaths(github, push);
  const isBackfill = push.before?.kind !== 'complete';
  await ports.store.transaction(async (transaction) => {
    for (const pullRequest of await transaction.openPullRequestsInto(push.repository.id, push.branch)) {
      const decision = await transaction.decisionAbout(push.repository.id, `pull-request:${pullRequest.facts.number}`, pullRequest.facts.head);
      if (isBackfill ? waitsForRecord(push, decision) : hasChangedInputs(push, touched, decision)) await transaction.enqueue(jobOf(pullRequest));
    }
  });
}

/** A backfill changes nothing for who was judged conclusively at this very tip. */
function waitsForRecord(push: PushedRange, decision: DecisionRecord | null): boolean {
  return decision === null || decision.decision.cause === 'inconclusive' || decision.decision.base !== push.tip;
}

function jobOf(pullRequest: PullRequestRecord): ReturnType<typeof evaluateJob> {
  return evaluateJob(pullRequest.repository, pullRequest.facts.number);
}

/** Paths that the push changed; null when the range is unknown: then everything may have changed. */
async function touchedPaths(github: GitHubRepository, push: PushedRange): Promise<ReadonlySet<string> | null> {
  if (push.before?.kind !== 'complete') return null;
  try {
    return differingPaths(await github.tree(push.before.upTo), await github.tree(push.tip));
  } catch {
    return null;
  }
}

function differingPaths(before: Tree, after: Tree): ReadonlySet<string> | null {
  if (!before.complete || !after.complete) return null;
  const old = new Map(before.entries.map((entry) => [entry.path, `${entry.mode} ${entry.blob}`]));
  const touched = new Set<string>();
  for (const entry of after.entries) {
    if (old.get(entry.path) !== `${entry.mode} ${entry.blob}`) touched.add(entry.path);
    old.delete(entry.path);
  }
  for (const path of old.keys()) touched.add(path);
  return touched;
}

/** Own files decide for everyone; governed ones for who changes governed ones; any path may become the twin of a judged one. */
function hasChangedInputs(push: PushedRange, touched: ReadonlySet<string> | null, decision: DecisionRecord | null): boolean {
  if (touched === null || decision === null || push.configuration === null) return true;
  const { configuration } = push;
  const roles = new Set<FileRole>([...touched].flatMap((path) => rolesOf(configuration, path)));
  if (roles.has('own')) return true;
  const covered = decision.decision.verdicts.flatMap((verdict) => verdict.covered);
  if (roles.size > 0 && decision.decision.verdicts.some((verdict) => verdict.applies && verdict.gate !== 'change')) return true;
  const folded = new Set(covered.map(foldedPath));
  return [...touched].some((path) => folded.has(foldedPath(path)));
}

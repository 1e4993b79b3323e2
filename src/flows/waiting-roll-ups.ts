import { isRollUpName, rollUpName } from '../domain/check-name.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { mergeGroupSubject, pullRequestSubject } from '../domain/subject.ts';
import type { Sha } from '../domain/tree.ts';
import { checkKey, headOfGroup, openChecksOf } from './check-effects.ts';
import { groupOfJob, numberOfJob, repositoryOfJob, textOfJob } from './job-reader.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { LeasedJob } from './ports/job-queue.ts';
import type { Store, StoreTransaction } from './ports/store.ts';

/** Where somebody waits for a roll-up that a job would have brought. */
export interface WaitingRollUps {
  readonly repository: RepositoryRef;
  readonly head: Sha;
  readonly rollUps: readonly WaitingRollUp[];
}

export interface WaitingRollUp {
  readonly name: string;
  /** The evaluation and the external id of the run that it opened or would open; null where it did not come that far. */
  readonly run: { readonly evaluation: string; readonly key: string } | null;
}

export interface WaitingPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'repository'>;
}

/** Reads only. Null for a job that nobody's roll-up waits for. */
export async function waitingRollUps(ports: WaitingPorts, job: LeasedJob): Promise<WaitingRollUps | null> {
  switch (job.kind) {
    case 'evaluate':
      return ofPullRequest(ports, repositoryOfJob(job), numberOfJob(job));
    case 'evaluate-group': {
      const { headRef, headSha, baseRef } = groupOfJob(job);
      return ofChange(ports, repositoryOfJob(job), { subject: mergeGroupSubject(headRef), head: headSha, baseBranch: baseRef.replace(/^refs\/heads\//, '') });
    }
    case 'perform':
      return ofGroup(ports, repositoryOfJob(job), textOfJob(job, 'group'));
    case 'evaluate-head':
    case 'record-push':
    case 'record-close':
    case 'record-reverts':
    case 'follow-remediation':
    case 'mend':
    case 'command':
    case 'remediate':
    case 'scan':
    case 'plan-scan':
    case 'conclude-scan':
    case 'digest':
    case 'rejudge-person':
    case 'rejudge-people':
    case 'rejudge-usage':
    case 'rejudge-run':
    case 'reconcile':
    case 'bundles':
    case 'seal':
    case 'schedule':
      return null;
  }
}

/** What stands about the pull request was read from GitHub at the beginning of the run that failed. */
async function ofPullRequest(ports: WaitingPorts, repository: RepositoryRef, number: number): Promise<WaitingRollUps | null> {
  const known = await ports.store.transaction((transaction) => transaction.pullRequestRecord(repository.id, number));
  if (known === null || known.facts.state !== 'open') return null;
  const { head, baseBranch } = known.facts;
  return ofChange(ports, repository, { subject: pullRequestSubject(number), head, baseBranch });
}

/**
 * Before a run opened an evaluation, only the default branch's roll-up is known by name; one that another entry
 * requires stays awaited, which blocks too.
 */
async function ofChange(ports: WaitingPorts, repository: RepositoryRef, change: { readonly subject: string; readonly head: Sha; readonly baseBranch: string }): Promise<WaitingRollUps | null> {
  const { subject, head, baseBranch } = change;
  const unfinished = await ports.store.transaction((transaction) => transaction.unfinishedEvaluations(repository.id, subject));
  const opened = unfinished.filter((one) => one.head === head);
  if (opened.length > 0) return { repository, head, rollUps: opened.flatMap(openRunsOf) };
  if ((await ports.github.repository(repository).defaultBranch()) !== baseBranch) return null;
  return { repository, head, rollUps: [{ name: rollUpName({ entry: baseBranch, isDefault: true }), run: null }] };
}

function openRunsOf(evaluation: EvaluationRecord): readonly WaitingRollUp[] {
  return openChecksOf(evaluation).map((name) => ({ name, run: { evaluation: evaluation.id, key: checkKey(evaluation.id, name) } }));
}

async function ofGroup(ports: WaitingPorts, repository: RepositoryRef, group: string): Promise<WaitingRollUps | null> {
  const head = headOfGroup(group);
  if (head === null) return null;
  const pending = await ports.store.transaction((transaction: StoreTransaction) => transaction.pendingEffects(repository.id, group));
  const rollUps = pending.flatMap(({ effect, evaluation }) => (effect.kind === 'check' && isRollUpName(effect.name) ? [{ name: effect.name, run: { evaluation, key: effect.key } }] : []));
  return { repository, head, rollUps };
}

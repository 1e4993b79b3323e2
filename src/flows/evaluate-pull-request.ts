import { groundingSettings } from '../domain/agent-evidence/grounding-settings.ts';
import type { BranchEntry } from '../domain/configuration/configuration.ts';
import { rollUpName } from '../domain/check-name.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { ConfigurationState } from '../domain/snapshot.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import { cancel, evaluateChange } from './evaluate-change.ts';
import type { ChangeToEvaluate } from './change-to-evaluate.ts';
import type { FlowPorts } from './flow-ports.ts';
import { ensureRecord } from './ensure-record.ts';
import { evaluateJob } from './job-requests.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';
import { rememberPullRequest } from './remember-pull-request.ts';
import { previewFirstConfiguration } from './preview-first-configuration.ts';
import { seeConfiguration } from './see-configuration.ts';

export interface PullRequestToEvaluate {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** Judges a pull request as it stands now. What the event said about it is not trusted: it is read again. */
export async function evaluatePullRequest(ports: FlowPorts, { repository, number }: PullRequestToEvaluate): Promise<void> {
  const github = ports.github.repository(repository);
  const facts = await github.pullRequest(number);
  if (facts === null || facts.state !== 'open') return withdraw(ports, repository, number, facts);
  const pullRequest = { repository, facts, authorCanWrite: await authorCanWrite(github, repository, facts) };
  await ports.store.transaction((transaction) => rememberPullRequest(transaction, pullRequest));
  const defaultBranch = await github.defaultBranch();
  const captured = await seeConfiguration(ports, { repository, github, tip: facts.base, branch: facts.baseBranch, defaultBranch });
  const entry = captured.entry ?? (await requiredEntry(github, captured.state, facts.baseBranch, defaultBranch));
  if (entry === null) return leaveUngoverned(ports, github, pullRequest, captured.state);
  const isRecorded = captured.entry === null || (await ensureRecord(ports, repository, { entry, branch: facts.baseBranch, branches: captured.branches, defaultBranch, tip: facts.base }));
  const judged = changeOf(pullRequest, entry, captured.state);
  const change = { ...judged.change, ...(await bodyPart(github, facts.number, captured.state)) };
  await evaluateChange(ports, github, { ...judged, change, isCurrent: () => isCurrent(ports, github, pullRequest), isRecorded, again: (runAt) => evaluateJob(repository, number, runAt) });
}

/** Nothing is configured, but the branch's rules may wait for our roll-up all the same: then it must report. */
async function requiredEntry(github: GitHubRepository, configuration: ConfigurationState, branch: string, defaultBranch: string): Promise<BranchEntry | null> {
  if (configuration.kind !== 'none') return null;
  const entry = { entry: branch, names: [branch], require: true, isDefault: branch === defaultBranch };
  const { required } = await github.requiredCheck(branch, rollUpName(entry));
  return required ? entry : null;
}

function changeOf(pullRequest: PullRequestRecord, entry: BranchEntry, configuration: ConfigurationState): Omit<ChangeToEvaluate, 'isCurrent' | 'isRecorded' | 'again'> {
  const { facts, repository } = pullRequest;
  return {
    repository,
    subject: pullRequestSubject(facts.number),
    change: {
      subject: { kind: 'pull-request', number: facts.number },
      author: facts.author,
      title: facts.title,
      draft: facts.draft,
      fork: facts.headRepositoryId !== repository.id,
      baseBranch: facts.baseBranch,
    },
    base: facts.base,
    tip: facts.base,
    head: facts.head,
    entry,
    configuration: { ...configuration, requiredByBranch: configuration.kind === 'none' ? true : null },
    pullRequest,
    group: null,
    members: [facts],
  };
}

/** What people write is kept only where it is looked at: it may carry the evidence of an agent. */
async function bodyPart(github: GitHubRepository, number: number, { effective }: ConfigurationState): Promise<{ readonly body?: string }> {
  const body = effective === null || groundingSettings(effective) === null ? '' : await github.body(number);
  return body === '' ? {} : { body };
}

/** The same head into the same base branch, and still open: anything else is kept at once. A base that moved on re-judges by its own push. */
async function isCurrent(ports: FlowPorts, github: GitHubRepository, judged: PullRequestRecord): Promise<boolean> {
  const { facts: then } = judged;
  const current = await github.currentHead(then.number);
  if (current !== null && current.state === 'open' && current.head === then.head && current.baseBranch === then.baseBranch) return true;
  const now = await github.pullRequest(then.number);
  if (now !== null) await ports.store.transaction((transaction) => rememberPullRequest(transaction, { ...judged, facts: now }));
  return false;
}

/** Who opens from this repository could push a branch to it; from a fork it is asked. */
async function authorCanWrite(github: GitHubRepository, repository: RepositoryRef, facts: PullRequestFacts): Promise<boolean> {
  return facts.headRepositoryId === repository.id || github.canWrite(facts.author);
}

async function withdraw(ports: FlowPorts, repository: RepositoryRef, number: number, facts: PullRequestFacts | null): Promise<void> {
  await ports.store.transaction(async (transaction) => {
    await cancelUnfinished(ports, transaction, repository, number);
    if (facts !== null) await rememberPullRequest(transaction, { repository, facts, authorCanWrite: false });
    await transaction.withdrawDecisions(repository.id, pullRequestSubject(number));
  });
}

/** What an earlier run of this job opened and, killed in the middle, did not conclude. */
async function cancelUnfinished(ports: FlowPorts, transaction: StoreTransaction, repository: RepositoryRef, number: number): Promise<void> {
  for (const evaluation of await transaction.unfinishedEvaluations(repository.id, pullRequestSubject(number))) await cancel(transaction, evaluation, null, ports.clock.now());
}

/** No roll-up where nothing is governed; a first configuration is previewed under a name of its own. */
async function leaveUngoverned(ports: FlowPorts, github: GitHubRepository, pullRequest: PullRequestRecord, configuration: ConfigurationState): Promise<void> {
  await ports.store.transaction((transaction) => cancelUnfinished(ports, transaction, pullRequest.repository, pullRequest.facts.number));
  if (configuration.kind === 'none') await previewFirstConfiguration(ports, github, pullRequest);
}

import { digestOfBytes, digestOfValue } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { CommittedFile, Effect } from '../domain/effect.ts';
import type { Mend } from '../domain/mend.ts';
import { mendedText } from '../domain/mended-text.ts';
import type { MendOutcome, MendRefusal } from '../domain/mend-outcome.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestNumber } from '../domain/subject.ts';
import { mendMessage } from '../render/mend-message.ts';
import { commitGroup } from './check-effects.ts';
import type { FlowPorts } from './flow-ports.ts';
import { isPerson } from './is-person.ts';
import { performJob } from './job-requests.ts';
import type { AskedMend } from './job-requests.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestHead } from './ports/pull-request-facts.ts';
import type { StoreTransaction } from './ports/store.ts';
import { refusalToCommit } from './refusal-to-commit.ts';
import { tellMend } from './tell-mend.ts';

export interface MendToMake extends AskedMend {
  readonly repository: RepositoryRef;
}

/** A click as it concerns one pull request: nothing of it is trusted but who clicked. */
interface Click extends MendToMake {
  readonly decision: DecisionRecord;
  readonly pullRequest: number;
  readonly mends: readonly Mend[];
  /** Idempotency key: one mend of a head, whoever asks and however often. */
  readonly key: string;
}

interface Planned {
  readonly effect: Extract<Effect, { kind: 'commit' }>;
  readonly before: Digest;
  readonly after: Digest;
}

/**
 * Somebody clicked the button of a check. What that decision found to be mended is committed to the head that it judged,
 * for a person who may write there now, once. The commit is requested here with its entry in the log; `perform-commit`
 * makes it. A click that comes to nothing changes nothing and is told why.
 */
export async function mendContracts(ports: FlowPorts, wanted: MendToMake): Promise<void> {
  const click = await clickOf(ports, wanted);
  if (click === null) return ports.log.warn('click on a check without a decision about a pull request', { repository: wanted.repository.id, evaluation: wanted.evaluation });
  if (await isMade(ports, click)) return;
  const github = ports.github.repository(wanted.repository);
  const planned = await plan(github, click);
  await ports.store.transaction((transaction) => ('kind' in planned ? refuse(transaction, click, planned) : request(transaction, click, planned)));
}

/** Null for what tells of no pull request: then there is nowhere to answer. */
async function clickOf({ store }: FlowPorts, wanted: MendToMake): Promise<Click | null> {
  const decision = await store.transaction((transaction) => transaction.keptDecision(wanted.evaluation));
  const pullRequest = decision === null ? null : pullRequestNumber(decision.subject);
  if (decision === null || pullRequest === null || decision.repository.id !== wanted.repository.id || decision.decision.head !== wanted.head) return null;
  const mends = decision.decision.verdicts.flatMap((verdict) => verdict.mends ?? []);
  return { ...wanted, decision, pullRequest, mends, key: `mend/${wanted.repository.id}/${pullRequest}/${wanted.head}` };
}

/** The same click again, or somebody else's: what was told before still holds. */
async function isMade({ store }: FlowPorts, click: Click): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const made = await transaction.contributions(click.repository.id, click.pullRequest);
    const isIt = made.some((one) => one.effect === click.key);
    if (isIt) await append(transaction, click, 'made already', {});
    return isIt;
  });
}

async function plan(github: GitHubRepository, click: Click): Promise<Planned | MendRefusal> {
  if (!isPerson({ login: click.askedBy.login, type: click.askedBy.kind })) return { kind: 'not_a_person' };
  const now = await github.headOf(click.pullRequest);
  const refusal = await refusalToCommit(github, { repositoryId: click.repository.id, now, head: click.head, askedBy: click.askedBy });
  if (refusal !== null || now === null) return refusal ?? { kind: 'closed' };
  return click.mends.length === 0 ? { kind: 'nothing_to_mend' } : planCommit(github, click, now);
}

/** The edits of the decision, applied to exactly the blobs that it judged. */
async function planCommit(github: GitHubRepository, click: Click, { branch }: PullRequestHead): Promise<Planned | MendRefusal> {
  const { mends, key, pullRequest, head, askedBy } = click;
  const blobs = await github.blobs(mends.map(({ blob }) => ({ blob, size: null })));
  const files: CommittedFile[] = [];
  for (const mend of mends) {
    const content = blobs.get(mend.blob);
    const text = content?.kind === 'bytes' ? mendedText(content.bytes, mend) : null;
    if (text === null) return { kind: 'unfit' };
    files.push({ path: mend.path, text });
  }
  const person = { login: askedBy.login, id: askedBy.id };
  const effect: Planned['effect'] = { kind: 'commit', key, pullRequest, branch, head, ...mendMessage({ mends, head, key, login: askedBy.login }), files, askedBy: person };
  return { effect, before: digestOfValue(mends.map(({ path, blob }) => [path, blob])), after: digestOfValue(files.map(({ path, text }) => [path, digestOfBytes(text)])) };
}

/** Intent and entry in one transaction, before anything is written. A newer decision may have been kept meanwhile. */
async function request(transaction: StoreTransaction, click: Click, { effect, before, after }: Planned): Promise<void> {
  const { repository, decision, pullRequest, key } = click;
  const newest = await transaction.newestDecision(repository.id, decision.subject);
  if (newest?.id !== decision.id) return refuse(transaction, click, { kind: 'superseded' });
  const group = commitGroup(pullRequest);
  const waits = (await transaction.pendingEffects(repository.id, group)).some((one) => one.effect.key === key);
  await append(transaction, click, waits ? 'accepted: another request for it waits' : 'accepted', { before, after });
  if (!waits) await transaction.request([{ effect, group }], repository, decision.id);
  await transaction.enqueue(performJob(repository, group));
}

async function refuse(transaction: StoreTransaction, click: Click, outcome: Exclude<MendOutcome, { kind: 'committed' }>): Promise<void> {
  const { repository, pullRequest, evaluation, head, askedBy } = click;
  await append(transaction, click, `refused: ${outcome.kind}`, {});
  await tellMend(transaction, { repository, pullRequest, evaluation, head, askedBy, outcome });
}

async function append(transaction: StoreTransaction, { repository, decision, evaluation, key, head, askedBy }: Click, outcome: string, digests: { readonly before?: Digest; readonly after?: Digest }): Promise<void> {
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: decision.subject,
    event: 'command.run',
    actor: `user:${askedBy.login}`,
    rationale: 'mend, asked for with the button of a check',
    outcome,
    ...digests,
    links: [evaluation, `effect:${key}`, `commit:${head}`],
  });
}

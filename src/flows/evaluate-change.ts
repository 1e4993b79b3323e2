import { countsReviews } from '../domain/configuration/counts-reviews.ts';
import { rollUpName } from '../domain/check-name.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { statedUsageOf } from '../gates/hallucination/usage/stated-usage.ts';
import { concernedContracts } from '../gates/contract/concerned-contracts.ts';
import { renderCancelled, renderOpen } from '../render/check-state.ts';
import type { ChangeToEvaluate } from './change-to-evaluate.ts';
import { captureSnapshot } from './capture-snapshot.ts';
import { requestChecks, requestEnd } from './check-effects.ts';
import type { FlowPorts } from './flow-ports.ts';
import { headFilesOf } from './head-files.ts';
import { inputToKeep } from './input-to-keep.ts';
import { judge } from './judge.ts';
import { keepDecision } from './keep-decision.ts';
import { peopleOf } from './people-of.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { StoreTransaction } from './ports/store.ts';

/** How long an open roll-up waits for the record before it says instead how far that is, and how often it looks. */
const recordWaitMs = 60_000;
const lookAgainMs = 15_000;

/** Opens the roll-up, captures, judges and keeps the decision with its effects. A head that moved meanwhile cancels. */
export async function evaluateChange(ports: FlowPorts, github: GitHubRepository, wanted: ChangeToEvaluate): Promise<void> {
  const evaluation = await openEvaluation(ports, wanted);
  const waitsUntil = evaluation.startedAt.getTime() + recordWaitMs;
  const now = ports.clock.now().getTime();
  if (!wanted.isRecorded && now < waitsUntil) {
    // The end of the recording enqueues a pull request earlier.
    await ports.store.transaction((transaction) => transaction.enqueue(wanted.again(new Date(Math.min(now + lookAgainMs, waitsUntil)))));
    return;
  }
  const snapshot = await captureSnapshot({ ...wanted, engine: ports.engine, now: ports.clock.now(), objects: github });
  const people = peopleOf(ports, github, { repository: wanted.repository, members: wanted.members, reviews: countsReviews(wanted.configuration.effective), isGroup: wanted.change.subject.kind === 'merge-group' });
  const prober = ports.proberFor(github, wanted.repository, { branch: wanted.change.baseBranch, awaited: wanted.isRecorded ? null : wanted.tip }, people);
  const judgement = await judge({ snapshot, prober, requiredGates: ports.requiredGates });
  const { decision } = judgement;
  const input = await inputToKeep(ports.store, wanted.repository.account.id, { ...judgement, snapshot });
  if (await wanted.isCurrent()) await keepDecision(ports, { evaluation, wanted, decision, input, usage: statedUsageOf(snapshot, judgement.evidence), contracts: concernedContracts(snapshot, judgement.evidence), headFiles: headFilesOf(snapshot), repositoryUrl: `${ports.github.webUrl}/${fullNameOf(wanted.repository)}` });
  else await ports.store.transaction((transaction) => cancel(transaction, evaluation, null, ports.clock.now()));
}

/** One unfinished evaluation per subject and head: after a crash the same one goes on, so no roll-up stays open. */
async function openEvaluation(ports: FlowPorts, wanted: ChangeToEvaluate): Promise<EvaluationRecord> {
  const startedAt = ports.clock.now();
  const rollUp = rollUpName(wanted.entry);
  const candidate = { id: ports.newId(), repository: wanted.repository, subject: wanted.subject, head: wanted.head, rollUp, startedAt, ...(wanted.group === null ? {} : { group: wanted.group }) };
  return ports.store.transaction(async (transaction) => {
    const { current, superseded } = await transaction.openEvaluation(candidate);
    for (const old of superseded) await cancel(transaction, old, wanted.head, startedAt);
    if (current.id === candidate.id) await requestChecks(transaction, [{ evaluation: current, name: current.rollUp, state: renderOpen() }]);
    return current;
  });
}

/** Ends an evaluation whose head is no longer to be judged, and the roll-up that it left open there. */
export async function cancel(transaction: StoreTransaction, evaluation: EvaluationRecord, newHead: Sha | null, now: Date): Promise<void> {
  await requestEnd(transaction, evaluation, renderCancelled(newHead));
  await transaction.finishEvaluation(evaluation.id, now);
}

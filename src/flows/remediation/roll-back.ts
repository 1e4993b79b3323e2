import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import { Failure } from '../../domain/failure.ts';
import { factsOf, isUntouched } from '../../domain/remediation/facts.ts';
import type { OwnPullRequest } from '../../domain/remediation/facts.ts';
import { rolledBackNote } from '../../render/remediation/rollback-texts.ts';
import { closeOne } from './close-remediation.ts';
import { openRollback } from './open-rollback.ts';
import { answered } from './perform-step.ts';
import { readRemediationState } from './read-remediation-state.ts';
import type { ReadState } from './read-remediation-state.ts';
import type { HeldLease } from '../held-lease.ts';
import type { RemediationPorts } from './remediation-ports.ts';
import { intendStep, settleStep, write } from './remediation-run.ts';
import type { RemediationRun, StepToTell } from './remediation-run.ts';
import type { PendingWish } from './wishes.ts';

/** Looks at a pull request that others may be changing meanwhile. */
const mostLooks = 5;

/**
 * Undoes one remediation of ours, once: before its merge it is closed and its branch deleted, both only at the commit that we left it
 * at; after it, another pull request undoes what it brought.
 * @throws Failure when something can not be read, or it does not come to rest: the queue tries again later.
 */
export async function rollBack(ports: RemediationPorts, lease: HeldLease, wish: PendingWish, number: number): Promise<CommandOutcome> {
  const { repository, effect } = wish;
  const record = await ports.store.transaction((transaction) => transaction.remediationOfPull(repository.id, number));
  if (record === null || record.behavior !== effect.behavior) return { kind: 'not_ours', number };
  const key = { repositoryId: repository.id, fingerprint: record.fingerprint };
  const run = { ports, record: { ...record, repository }, key, github: ports.github.remediation(repository), lease, asked: [effect] };
  for (let look = 0; look < mostLooks; look += 1) {
    const outcome = await rollBackOnce(run, await readRemediationState(run), { effect, number });
    if (outcome !== 'again') return outcome;
  }
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot roll back #${number}: something changed at each of ${mostLooks} looks, expected it to stand still. Nothing of it is lost, and it is looked at again.`);
}

/** One pull request to be undone, and who asked for it. */
export interface RollbackWish {
  readonly effect: PendingWish['effect'];
  readonly number: number;
  /** Its address on GitHub. */
  readonly url: string;
}

async function rollBackOnce(run: RemediationRun, read: ReadState, wish: Omit<RollbackWish, 'url'>): Promise<CommandOutcome | 'again'> {
  if (read.failure !== null) throw read.failure;
  const facts = factsOf(read.state);
  const one = facts.own.find((own) => own.number === wish.number);
  if (one === undefined) return { kind: 'not_ours', number: wish.number };
  const stands = await standingOf(run, wish.number, one);
  switch (stands) {
    case 'merged':
      return openRollback(run, read, { ...wish, url: one.url });
    case 'closed':
      return { kind: 'already_closed', number: wish.number };
    case 'rolled_back':
      return finishClose(run, read, one, wish);
    case 'open':
      return isUntouched(facts, one) ? close(run, one, wish) : { kind: 'touched', number: wish.number };
  }
}

/** As GitHub has it: our record makes a rolled back one look closed by a person. */
async function standingOf({ ports, record, key }: RemediationRun, number: number, { state }: OwnPullRequest): Promise<'open' | 'merged' | 'closed' | 'rolled_back'> {
  if (state.kind !== 'closed') return state.kind;
  const pulls = await ports.store.transaction((transaction) => transaction.remediationPulls(key));
  if (pulls.find((one) => one.number === number)?.whyClosed !== 'rolled_back') return 'closed';
  const facts = await ports.github.repository(record.repository).pullRequest(number);
  return facts?.state === 'merged' ? 'merged' : 'rolled_back';
}

async function close(run: RemediationRun, { branch, head, url }: OwnPullRequest, { effect, number }: Omit<RollbackWish, 'url'>): Promise<CommandOutcome | 'again'> {
  const next: StepToTell = { row: null, reason: 'rolled_back', event: 'remediation.closed', pullRequest: url, step: { kind: 'close' } };
  await intendStep(run, next, (transaction) => transaction.recordRemediationPull(run.key, number, { whyClosed: 'rolled_back' }));
  const closed = await answered(() => closeOne(run, { number, branch, tip: head }, { text: rolledBackNote(effect.askedBy.login, effect.behavior), deletes: true, keep: null }));
  if (closed.kind === 'done') {
    await settleStep(run, next, async () => {}, { actor: `user:${effect.askedBy.login}`, detail: { closed: [number] } });
    return { kind: 'rolled_back', number, behavior: effect.behavior };
  }
  if (closed.kind === 'refused') await run.ports.store.transaction((transaction) => transaction.recordRemediationPull(run.key, number, { whyClosed: null }));
  return closed.kind === 'moved' ? 'again' : { kind: 'refused', why: closed.why };
}

/** What an interrupted close left: the branch goes only while it stands at our commit. */
async function finishClose(run: RemediationRun, { state }: ReadState, { branch, head, recorded }: OwnPullRequest, { effect, number }: Omit<RollbackWish, 'url'>): Promise<CommandOutcome | 'again'> {
  const isLeft = recorded?.head === head && state.branches.some(({ name, tip }) => name === branch && tip === head);
  const deleted = isLeft ? await answered(() => write(run, () => run.github.deleteBranch(branch, head))) : null;
  return deleted?.kind === 'moved' ? 'again' : { kind: 'rolled_back', number, behavior: effect.behavior };
}

import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { RemediationWish } from '../../domain/remediation/remediation-wish.ts';
import type { HeldLease } from '../held-lease.ts';
import type { AskedRemediation, RemediationPorts } from './remediation-ports.ts';
import { appendEntry } from './remediation-run.ts';
import { rollBack } from './roll-back.ts';
import { pendingWishes, settleWish } from './wishes.ts';
import type { PendingWish } from './wishes.ts';

/**
 * Grants what people wish of a behaviour's remediations, as far as they may at this moment; whoever may not is told.
 * @returns The wishes for which something is to be proposed or appended: they are answered once that was looked at.
 */
export async function grantWishes(ports: RemediationPorts, { repository, behavior }: AskedRemediation, lease: HeldLease): Promise<readonly PendingWish[]> {
  const waiting: PendingWish[] = [];
  for (const wish of await ports.store.transaction((transaction) => pendingWishes(transaction, repository.id, behavior))) {
    const outcome = await granted(ports, lease, { ...wish, repository });
    if (outcome === null) waiting.push(wish);
    else await ports.store.transaction((transaction) => settleWish(transaction, wish, outcome));
  }
  return waiting;
}

/** Null: it is answered later. */
async function granted(ports: RemediationPorts, lease: HeldLease, pending: PendingWish): Promise<CommandOutcome | null> {
  const { effect, repository } = pending;
  const { wish } = effect;
  const refusal = await ports.refusalOfWish(repository, effect);
  if (refusal !== null) return refusal;
  switch (wish.kind) {
    case 'propose':
      return null;
    case 'take_over':
      return takeOver(ports, pending, wish);
    case 'roll_back':
      return rollBack(ports, lease, pending, wish.number);
  }
}

/** From now on we append to exactly this head, where it is the one that was frozen. */
async function takeOver({ store }: RemediationPorts, { effect, repository }: PendingWish, { number, head }: Extract<RemediationWish, { kind: 'take_over' }>): Promise<CommandOutcome | null> {
  return store.transaction(async (transaction) => {
    const record = await transaction.remediationOfPull(repository.id, number);
    if (record === null || record.behavior !== effect.behavior) return { kind: 'not_ours', number };
    const key = { repositoryId: repository.id, fingerprint: record.fingerprint };
    const pull = (await transaction.remediationPulls(key)).find((one) => one.number === number);
    if (pull?.takenOverAt === head) return null;
    if (pull?.toldHead !== head) return { kind: 'not_frozen', behavior: effect.behavior };
    await transaction.countStep(key);
    await transaction.recordRemediationPull(key, number, { takenOverAt: head });
    await appendEntry(transaction, { record: { ...record, repository } }, { row: 3, reason: 'taken_over', event: 'remediation.adopted', pullRequest: null, step: { kind: 'take_over' } }, 'remediation.adopted', { actor: `user:${effect.askedBy.login}`, detail: { number, head } });
    return null;
  });
}

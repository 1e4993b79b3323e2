import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { ToldStep } from '../../domain/command/drift-outcome.ts';
import type { RemediationRecord } from '../../domain/remediation/remediation-record.ts';
import type { NextStep } from '../../domain/remediation/step.ts';
import type { RemediationPorts } from './remediation-ports.ts';
import type { Look } from './settle-remediation.ts';
import { settleWish } from './wishes.ts';
import type { PendingWish } from './wishes.ts';

/** How one remediation of the behaviour came to rest. */
export interface Looked extends Look {
  readonly record: RemediationRecord;
}

/** Tells whoever wished what came of it. */
export async function answerWishes({ store }: Pick<RemediationPorts, 'store'>, wishes: readonly PendingWish[], looks: readonly Looked[]): Promise<void> {
  if (wishes.length === 0) return;
  await store.transaction(async (transaction) => {
    for (const wish of wishes) await settleWish(transaction, wish, outcomeOf(wish, looks));
  });
}

/** The remediation of the drift that is there now was looked at first. */
function outcomeOf({ effect: { behavior, wish } }: PendingWish, looks: readonly Looked[]): CommandOutcome {
  const look = wish.kind === 'take_over' ? looks.find(({ open }) => open === wish.number) : looks[0];
  if (look === undefined) return { kind: 'not_remediated', behavior, told: null, refused: null, unplannable: null };
  const { next, open, refused, unplannable } = look;
  const told = toldStep(next);
  return open !== null && refused === null && isAsWished(next) ? { kind: 'remediated', behavior, number: open, told } : { kind: 'not_remediated', behavior, told, refused, unplannable };
}

/** Whether its open pull request stands as it should. */
function isAsWished({ row, reason }: NextStep): boolean {
  return row === 2 || row === 4 || reason === 'taken_over';
}

export function toldStep({ row, reason, pullRequest, step }: NextStep): ToldStep {
  return { row, reason, pullRequest, step: step.kind };
}

import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { RemediationWish } from '../../domain/remediation/remediation-wish.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { refusalToDecide } from '../commands/refusal-to-decide.ts';
import type { Asker } from '../commands/refusal-to-decide.ts';
import { refusalToWrite } from '../commands/refusal-to-write.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { RemediationEffect } from './wishes.ts';

/** Why somebody's wish is not granted at this moment, by what GitHub and our record say now; null: it is. */
export function refusalOfWish(ports: FlowPorts, repository: RepositoryRef, { wish, askedBy, asked }: Pick<RemediationEffect, 'wish' | 'askedBy' | 'asked'>): Promise<CommandRefusal | null> {
  const asker = { ports, repository, github: ports.github.repository(repository), askedBy };
  return wish.kind === 'take_over' ? refusalToTakeOver(asker, wish, asked.at) : refusalToWrite(asker);
}

async function refusalToTakeOver(asker: Asker, { number, head }: Extract<RemediationWish, { kind: 'take_over' }>, askedAt: string): Promise<CommandRefusal | null> {
  const refusal = await refusalToDecide(asker, [number]);
  if (refusal !== null) return refusal;
  const now = await asker.github.headOf(number);
  if (now === null || now.state !== 'open') return { kind: 'already_closed', number };
  if (now.head !== head) return { kind: 'moved_on', head: now.head };
  return (await cameAfter(asker, number, head, askedAt)) ? { kind: 'frozen_anew', number } : null;
}

/** Whoever typed it before this head came can not have meant it. */
async function cameAfter({ ports, repository }: Asker, number: number, head: string, askedAt: string): Promise<boolean> {
  const arrivals = await ports.store.transaction((transaction) => transaction.arrivals(repository.id, number));
  const ofHead = arrivals.filter((one) => one.head === head);
  return ofHead.length > 0 && ofHead.every(({ at }) => Date.parse(at) > Date.parse(askedAt));
}

import { failureOf } from '../domain/failure.ts';
import type { Failure } from '../domain/failure.ts';
import type { DeliveryAttempt } from '../domain/delivery-attempt.ts';
import type { Clock } from './ports/clock.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { Log } from './ports/log.ts';
import { beginWalk, takeStep } from './walk-deliveries.ts';
import type { DeliveryWalk } from './walk-deliveries.ts';

export interface RepairPorts {
  readonly github: Pick<GitHubApp, 'deliveryAttempts' | 'redeliver'>;
  readonly clock: Clock;
  readonly log: Log;
}

const minute = 60_000;
/** GitHub redelivers for three days; a little less, so that none runs out on the way. */
const furthest = 3 * 24 * 60 * minute - 10 * minute;
const nearest = 60 * minute;
const wholeEvery = 60 * minute;
const mostAtOnce = 200;
/** Pages that one round reads of one walk. A busy App has more: the next round goes on there. */
const mostPages = 50;
const mostAttempts = 8;

interface Asked {
  readonly count: number;
  readonly notBefore: number;
  readonly at: number;
}

/** What one server remembers from round to round. Losing it costs asking again, nothing else. */
interface Memory {
  readonly asked: Map<string, Asked>;
  readonly walks: { recent: DeliveryWalk | null; whole: DeliveryWalk | null };
  lastWhole: number;
}

interface Round {
  readonly now: number;
  left: number;
}

/**
 * Asks GitHub again for deliveries that it could not hand over: it does not retry by itself. Asking for one that did arrive is
 * harmless, since the inbox knows its GUID. The first round, and one an hour, begins to look back as far as GitHub keeps them;
 * however long that takes, the others look at the newest ones meanwhile.
 * @returns A function that does one round and tells how many it asked for.
 */
export function createDeliveryRepair(ports: RepairPorts): () => Promise<number> {
  const memory: Memory = { asked: new Map(), walks: { recent: null, whole: null }, lastWhole: Number.NEGATIVE_INFINITY };
  return async () => {
    const round: Round = { now: ports.clock.now().getTime(), left: mostAtOnce };
    forgetOld(memory, round.now);
    const { walks } = memory;
    if (walks.whole === null && round.now - memory.lastWhole >= wholeEvery) {
      walks.whole = beginWalk(round.now, furthest);
    } else {
      walks.recent ??= beginWalk(round.now, nearest);
      await goOn(ports, memory, round, 'recent');
    }
    await goOn(ports, memory, round, 'whole');
    return mostAtOnce - round.left;
  };
}

/** Page by page, so that what was found is asked for even if the end is far away. A page of which some is left is read again next time. */
async function goOn(ports: RepairPorts, memory: Memory, round: Round, which: 'recent' | 'whole'): Promise<void> {
  for (let page = 0; page < mostPages; page += 1) {
    const walk = memory.walks[which];
    if (walk === null) return;
    const { failed, rest } = await takeStep(ports.github, walk).catch((thrown: unknown) => Promise.reject(giveUp(memory, which, thrown)));
    for (const delivery of failed.filter((one) => isDue(memory.asked.get(one.guid), round.now))) {
      if (round.left === 0) return;
      round.left -= 1;
      await redeliver(ports, memory.asked, delivery, round.now);
    }
    memory.walks[which] = rest;
    if (rest === null && which === 'whole') memory.lastWhole = walk.begunAt;
  }
}

/** A page that GitHub refuses is refused again, as when its cursor is too old: the next round begins anew. */
function giveUp(memory: Memory, which: 'recent' | 'whole', thrown: unknown): Failure {
  const failure = failureOf(thrown, 'GITHUB_UNAVAILABLE');
  if (!isTrouble(failure)) memory.walks[which] = null;
  return failure;
}

function isTrouble(failure: Failure): boolean {
  return failure.code === 'GITHUB_RATE_LIMITED' || failure.code === 'GITHUB_UNAVAILABLE';
}

function isDue(asked: Asked | undefined, now: number): boolean {
  return asked === undefined || (asked.count < mostAttempts && now >= asked.notBefore);
}

/** Doubling waits: what we refuse again and again, such as a body that we can not read, is not asked for every five minutes. */
async function redeliver(ports: RepairPorts, asked: Map<string, Asked>, delivery: DeliveryAttempt, now: number): Promise<void> {
  const count = (asked.get(delivery.guid)?.count ?? 0) + 1;
  asked.set(delivery.guid, { count, notBefore: now + 2 ** count * 2 * minute, at: now });
  try {
    await ports.github.redeliver(delivery.id);
    ports.log.info('delivery asked for again', { guid: delivery.guid, attempt: count });
  } catch (thrown) {
    const failure = failureOf(thrown, 'GITHUB_UNAVAILABLE');
    ports.log.warn('delivery not asked for again', { guid: delivery.guid, attempt: count, code: failure.code });
    if (isTrouble(failure)) throw failure;
  }
}

/** GitHub no longer lists what was asked for that long ago. A walk that old goes round in circles, or never came to its end. */
function forgetOld({ asked, walks }: Memory, now: number): void {
  for (const [guid, { at }] of asked) if (now - at > furthest) asked.delete(guid);
  if (walks.recent !== null && now - walks.recent.begunAt > furthest) walks.recent = null;
  if (walks.whole !== null && now - walks.whole.begunAt > furthest) walks.whole = null;
}

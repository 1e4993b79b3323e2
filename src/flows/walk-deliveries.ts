import type { DeliveryAttempt } from '../domain/delivery-attempt.ts';
import type { GitHubApp } from './ports/github-app.ts';

/** A look back through GitHub's list of deliveries, newest first. A long one goes on over several rounds. */
export interface DeliveryWalk {
  readonly begunAt: number;
  readonly since: Date;
  readonly cursor: string | null;
  /** GUIDs of which a repeated attempt arrived: earlier ones stand further back. */
  readonly arrived: ReadonlySet<string>;
}

export interface WalkStep {
  /** The newest failed attempt of each GUID of this page of which no attempt seen so far arrived, oldest first. */
  readonly failed: readonly DeliveryAttempt[];
  /** What is left to walk; null at the end. */
  readonly rest: DeliveryWalk | null;
}

export function beginWalk(now: number, back: number): DeliveryWalk {
  return { begunAt: now, since: new Date(now - back), cursor: null, arrived: new Set() };
}

export async function takeStep(github: Pick<GitHubApp, 'deliveryAttempts'>, walk: DeliveryWalk): Promise<WalkStep> {
  const { attempts, next } = await github.deliveryAttempts(walk.since, walk.cursor);
  const here = attempts.filter((one) => one.hasArrived);
  const hereArrived = new Set(here.map((one) => one.guid));
  const failed = attempts.filter((one) => !one.hasArrived && !hereArrived.has(one.guid) && !walk.arrived.has(one.guid));
  // A first attempt has none further back: remembering it would only cost memory, on a busy App a lot.
  const arrived = new Set([...walk.arrived, ...here.filter((one) => one.isRepeated).map((one) => one.guid)]);
  return { failed: newestOfEach(failed), rest: next === null ? null : { ...walk, cursor: next, arrived } };
}

function newestOfEach(failed: readonly DeliveryAttempt[]): readonly DeliveryAttempt[] {
  const byGuid = new Map(failed.toSorted((a, b) => a.id - b.id).map((one) => [one.guid, one]));
  return [...byGuid.values()].toSorted((a, b) => (a.deliveredAt < b.deliveredAt ? -1 : 1));
}

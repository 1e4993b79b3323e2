import assert from 'node:assert/strict';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { recordPushJob } from '../../src/flows/job-requests.ts';
import { aContract } from './a-world.ts';
import type { aWorld } from './a-world.ts';

/** What tests of a push do with the world and read from it. */
export type World = ReturnType<typeof aWorld>;

export async function pushed(world: World, branch = 'main'): Promise<void> {
  await world.enqueue(recordPushJob(world.github.ref, `refs/heads/${branch}`));
  await world.settle();
}

/** Contract id, version and whether it was adopted, of everything recorded. */
export async function versionsOf(world: World, entry = 'main'): Promise<readonly unknown[]> {
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, entry));
  return releases.map((one) => [one.contractId, one.version, one.adopted]);
}

/** Subject and outcome of everything that arrived. */
export async function landedOf(world: World): Promise<readonly unknown[]> {
  return (await entriesOf(world)).flatMap((entry) => (entry.event === 'change.merged' ? [[entry.subject, entry.outcome]] : []));
}

/** Everything in the log. */
export async function entriesOf(world: World): Promise<readonly AuditEntry[]> {
  return (await world.store.audit.entries(1, 0, 10_000)).map((entry): AuditEntry => JSON.parse(new TextDecoder().decode(entry.leaf)));
}

export function conclusionOf(world: World, head: string, name = 'plumbline'): string | null | undefined {
  return world.github.check(name, head)?.state.conclusion;
}

/** Numbers of the pull requests that are to be judged. Nothing else can be run after this. */
export async function judgedNext({ store, clock }: World): Promise<readonly unknown[]> {
  const jobs = await store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 100 });
  return jobs.flatMap(({ kind, payload }) => (kind === 'evaluate' ? [payload['number']] : []));
}

/** GitHub tells the tip of the base now. */
export function rebase(world: World, number: number, overrides: Parameters<World['github']['openPull']>[2] = {}): void {
  const facts = world.github.pulls.get(number);
  assert.ok(facts);
  world.github.openPull(number, '', { ...facts, base: world.github.branches.get(facts.baseBranch) ?? '', ...overrides });
}

/** The machine goes down while a transaction asks for this. */
export function brokenAt(world: World, member: 'keepInputs' | 'keepSnapshots' | 'openPullRequests' | 'openPullRequestsOfAccount'): FlowPorts {
  const down = async () => Promise.reject(new Failure('STORE_UNAVAILABLE', 'the machine went down'));
  return { ...world.ports, store: { ...world.store, transaction: (work) => world.store.transaction((transaction) => work({ ...transaction, [member]: down })) } };
}

/** A file with a contract of its own. */
export const released = (path: string, overrides: Parameters<typeof aContract>[0] = {}) => ({ [`contracts/${path}.yaml`]: aContract({ contractId: path, ...overrides }) });

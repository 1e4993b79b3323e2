import type { ModelPullRequest } from './github-model.ts';
import { fingerprints } from './world.ts';
import type { World } from './world.ts';

/** One thing that somebody else does, or that happens. */
export function actElsewhere(world: World): void {
  world.pick(actions)?.(world);
}

type Action = (world: World) => void;

function anyOpen(world: World): ModelPullRequest | undefined {
  return world.pick(world.github.pulls.filter((one) => one.state === 'open'));
}

/** The branch of an open pull request, or any of ours. */
function anyBranch(world: World): string | undefined {
  return world.pick([...world.github.branches.keys()]);
}

const push: Action = (world) => {
  const branch = anyBranch(world);
  const tip = branch === undefined ? undefined : world.github.branches.get(branch);
  if (branch !== undefined && tip !== undefined) world.github.humanMove(branch, world.github.commit([tip], 'human'));
};

const amend: Action = (world) => {
  const branch = anyBranch(world);
  const tip = branch === undefined ? undefined : world.github.branches.get(branch);
  const parents = tip === undefined ? undefined : world.github.commits.get(tip)?.parents;
  if (branch !== undefined && parents !== undefined && parents.length > 0) world.github.humanMove(branch, world.github.commit(parents, 'human'));
};

const close: Action = (world) => {
  const one = anyOpen(world);
  if (one !== undefined) world.github.close(one.number, world.random() < 0.8 ? 'human' : 'unknown');
};

const reopen: Action = (world) => {
  const one = world.pick(world.github.pulls.filter(({ state, branch, head, base }) => state === 'closed' && world.github.branches.get(branch) === head && !world.github.pulls.some((other) => other.state === 'open' && other.branch === branch && other.base === base)));
  // Two open ones would be people's doing.
  if (one === undefined || world.openOf(one.fingerprint).length > 0) return;
  world.github.reopen(one.number);
  one.isReopened = true;
  one.reopenedUnder = world.record.heldLease(one.fingerprint);
};

/** GitHub closes what is open from the old name. */
const rename: Action = (world) => {
  const branch = anyBranch(world);
  const tip = branch === undefined ? undefined : world.github.branches.get(branch);
  if (branch === undefined || tip === undefined) return;
  world.github.remove(branch, 'human');
  world.github.branches.set(`renamed-${tip}`, tip);
};

const retarget: Action = (world) => {
  const one = anyOpen(world);
  if (one !== undefined) one.base = one.base === 'main' ? 'release' : 'main';
};

const merge: Action = (world) => {
  const one = anyOpen(world);
  if (one === undefined) return;
  world.github.merge(one);
  if (world.random() < 0.6 && world.truth === one.fingerprint) world.truth = null;
};

const queue: Action = (world) => {
  const one = anyOpen(world);
  if (one !== undefined) one.queued = !one.queued;
};

const removeBranch: Action = (world) => {
  const branch = anyBranch(world);
  if (branch !== undefined) world.github.remove(branch, 'human');
};

const takeOver: Action = (world) => {
  const one = anyOpen(world);
  if (one !== undefined) world.record.takeOvers.set(one.number, one.head);
};

const moveBase: Action = (world) => {
  world.github.base = world.github.commit([world.github.base], 'human');
  world.conflicts = world.random() < 0.5;
};

const regenerate: Action = (world) => {
  world.plan += 1;
};

const drift: Action = (world) => {
  world.truth = world.pick([null, ...fingerprints]) ?? null;
};

const wait: Action = (world) => {
  world.github.now += (world.pick([60_000, 3_600_000, 86_400_000, 8 * 86_400_000]) ?? 0);
};

const unsuppress: Action = (world) => {
  for (const fingerprint of fingerprints) world.record.unsuppressed.set(fingerprint, world.github.now);
};

const actions: readonly Action[] = [push, push, amend, close, close, reopen, rename, retarget, merge, queue, queue, removeBranch, takeOver, moveBase, regenerate, drift, drift, drift, wait, wait, unsuppress, unsuppress];

import assert from 'node:assert/strict';
import type { RecordedHead, RemediationState } from '../../../../src/domain/remediation/remediation-state.ts';
import type { BranchAt, Closing, NextStep, Opening, Step } from '../../../../src/domain/remediation/step.ts';
import type { Sha } from '../../../../src/domain/tree.ts';
import { Refusal } from './github-model.ts';
import type { World } from './world.ts';

/** What a worker does a step with. */
interface Hand {
  readonly world: World;
  readonly state: RemediationState;
  readonly token: number;
}

type Doing<Result = void> = Generator<void, Result>;

/** Performs a step as a flow would: intents ahead, every write compared with what the step names, each one a chance for others to act and for the worker to crash. Ends early where something is refused or an answer is lost. */
export function* performStep(hand: Hand, { step }: NextStep): Doing {
  try {
    yield* perform(hand, step);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
}

function* perform(hand: Hand, step: Step): Doing {
  switch (step.kind) {
    case 'nothing':
    case 'digest':
    case 'alert':
      return;
    case 'create':
      return yield* create(hand, step.opening);
    case 'create_pull_request':
      return yield* openPull(hand, step.opening, { head: step.at.tip, plan: step.opening.plan, holdsOthersCommits: false });
    case 'append':
      return yield* append(hand, step);
    case 'retell':
      return yield* write(hand, () => void (hand.world.github.pull(step.number).told = { head: step.head, plan: step.plan }));
    case 'reopen':
      return yield* reopen(hand, step);
    case 'close':
      return yield* close(hand, step.closing, { why: 'clean', deletes: true, keep: null });
    case 'supersede':
      return yield* close(hand, step.closing, { why: 'superseded', deletes: true, keep: null });
    case 'close_duplicates':
      for (const closing of step.close) yield* close(hand, closing, { why: 'duplicate', deletes: false, keep: step.keep });
      return;
    case 'delete_branch':
      return yield* write(hand, () => hand.world.github.deleteBranch(step.at.branch, step.at.tip));
    case 'freeze':
    case 'adopt':
    case 'suppress':
    case 'verify':
    case 'tell_merge':
      return keep(hand, step);
  }
}

/** One request to GitHub. It is made while the lease is held; its answer can be lost, whether or not it arrived. */
function* write<Result>({ world, state: { fingerprint }, token }: Hand, request: () => Result): Doing<Result> {
  yield;
  if (!world.record.holds(fingerprint, token)) throw new Refusal('the lease is lost');
  if (world.faults.brokenLeases) yield;
  if (world.happens(0.04)) throw new Refusal('did not arrive');
  const result = request();
  if (world.happens(0.06)) throw new Refusal('arrived, but its answer was lost');
  yield;
  return result;
}

function* create(hand: Hand, opening: Opening): Doing {
  const { world, state } = hand;
  const commit = world.github.commit([opening.base], 'us');
  yield;
  const intent = world.record.intend(state.fingerprint, { generation: opening.generation, head: commit, plan: opening.plan });
  yield* write(hand, () => world.github.createBranch(opening.branch, intent.head));
  yield* openPull(hand, opening, { head: intent.head, plan: intent.plan, holdsOthersCommits: false });
}

function* openPull(hand: Hand, opening: Opening, recorded: RecordedHead): Doing {
  const { world, state } = hand;
  const { head, plan } = recorded;
  const number = yield* write(hand, () => opensAlone(hand, () => world.github.openPull(opening.branch, 'main', state.fingerprint, { head, plan })));
  world.record.heads.set(number, recorded);
}

function* append(hand: Hand, { number, onto, as, plan, base, onOthersCommits }: Extract<Step, { kind: 'append' }>): Doing {
  const { world, state } = hand;
  const head = world.github.commit(as === 'merge' ? [onto.tip, base] : [onto.tip], 'us');
  world.record.writeAhead(state.fingerprint, { branch: onto.branch, head, plan, onOthersCommits });
  yield* write(hand, () => world.github.append(onto.branch, onto.tip, head));
  if (as === 'merge') world.conflicts = false;
  if (number !== null) adopt(world, number, { head, plan, holdsOthersCommits: onOthersCommits });
}

interface HowToClose {
  readonly why: 'clean' | 'superseded' | 'duplicate';
  readonly deletes: boolean;
  /** Another that has to be open. */
  readonly keep: number | null;
}

function* close(hand: Hand, { number, branch, tip }: Closing, { why, deletes, keep }: HowToClose): Doing {
  const { world, state } = hand;
  const { drift, fingerprint } = state;
  assert.ok(drift.kind === 'pass' || (drift.kind === 'drift' && (why === 'duplicate' || drift.fingerprint !== fingerprint)), 'closed on missing evidence');
  world.record.whyClosed.set(number, why);
  yield* write(hand, () => {
    // A request can not compare: what it rests on is read just before.
    if (world.github.pull(number).head !== tip || (keep !== null && world.github.pull(keep).state !== 'open')) throw new Refusal('moved');
    world.github.close(number, 'us');
  });
  if (deletes) yield* write(hand, () => world.github.deleteBranch(branch, tip));
}

function* reopen(hand: Hand, { number, at, restores }: { readonly number: number; readonly at: BranchAt; readonly restores: boolean }): Doing {
  const { github } = hand.world;
  if (restores) yield* write(hand, () => github.createBranch(at.branch, at.tip));
  yield* write(hand, () => opensAlone(hand, () => github.reopen(number)));
}

/**
 * Watches that no second one is opened. Between our last look and our request a person can reopen what was closed, and no request of
 * GitHub's can rule that out: row 1 ends it. Nor is it watched where leases break.
 */
function opensAlone<Result>({ world, state: { fingerprint }, token }: Hand, request: () => Result): Result {
  const others = world.openOf(fingerprint);
  const result = request();
  const isAlone = others.every((number) => world.github.pull(number).reopenedUnder === token);
  if (!isAlone && !world.faults.brokenLeases) throw new Error('a second pull request was opened for one drift');
  return result;
}

/** What changes our record alone. */
function keep({ world, state }: Hand, step: Extract<Step, { kind: 'freeze' | 'adopt' | 'suppress' | 'verify' | 'tell_merge' }>): void {
  const { record } = world;
  switch (step.kind) {
    case 'freeze':
      record.told.set(step.number, step.head);
      return;
    case 'adopt':
      adopt(world, step.number, recordedAt(state, step.number, step.generation, step.head));
      return;
    case 'suppress':
      record.suppressed.set(state.fingerprint, [...(record.suppressed.get(state.fingerprint) ?? []), step.number]);
      return;
    case 'verify':
      record.verified.add(step.number);
      return;
    case 'tell_merge':
      record.mergesTold.add(step.number);
  }
}

function recordedAt(state: RemediationState, number: number, generation: number, head: Sha): RecordedHead {
  const pending = state.pending.find((one) => one.head === head);
  const plan = pending?.plan ?? state.intents.find((intent) => intent.generation === generation)?.plan;
  assert.ok(plan !== undefined);
  const before = state.pullRequests.find((one) => one.number === number)?.recorded;
  return { head, plan, holdsOthersCommits: before?.holdsOthersCommits === true || pending?.onOthersCommits === true };
}

/** A take-over follows our own commits. */
function adopt({ record }: World, number: number, recorded: RecordedHead): void {
  record.heads.set(number, recorded);
  if (recorded.holdsOthersCommits) record.takeOvers.set(number, recorded.head);
}

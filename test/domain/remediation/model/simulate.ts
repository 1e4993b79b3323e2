import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/domain/digest.ts';
import { nextStep } from '../../../../src/domain/remediation/next-step.ts';
import type { NextStep } from '../../../../src/domain/remediation/step.ts';
import { randomFrom } from '../../../../src/gates/drift/statistics/random.ts';
import { actElsewhere } from './people.ts';
import { performStep } from './perform-step.ts';
import { readState } from './read-state.ts';
import { fingerprints, World } from './world.ts';
import type { Faults } from './world.ts';

/** What one simulation came to. */
export interface Outcome {
  readonly world: World;
  /** Every row that chose a step. */
  readonly rows: ReadonlySet<NextStep['row']>;
  /** The most that were open at once for one fingerprint. */
  readonly mostOpen: number;
  /** What is said of each fingerprint when nothing happens any more. */
  readonly last: readonly NextStep[];
}

const ticks = 400;

/** Workers, people and accidents by turns, in an order of chance; then calm, until nothing is left to do. @throws AssertionError when it does not come to rest. */
export function simulate(seed: number, faults: Faults): Outcome {
  const world = new World(randomFrom(seed), faults);
  const rows = new Set<NextStep['row']>();
  const workers = Array.from({ length: 2 + Math.floor(world.random() * 7) }, () => work(world, rows));
  let mostOpen = 0;
  const ending = faults.brokenLeases ? 0.16 : 0.08;
  for (let tick = 0; tick < ticks; tick += 1) {
    const chance = world.random();
    const chosen = Math.floor(world.random() * workers.length);
    if (chance < 0.05) actElsewhere(world);
    // A crash: what the worker knew is gone, its lease stays until it ends.
    else if (chance < 0.06) workers[chosen] = work(world, rows);
    else if (chance < ending) world.record.expire(world.pick(fingerprints) ?? fingerprints[0]);
    else workers[chosen]?.next();
    mostOpen = Math.max(mostOpen, ...fingerprints.map((one) => world.openOf(one).length));
  }
  return { world, rows, mostOpen, last: settle(world, rows) };
}

/** Looks at one fingerprint after the other, for ever. */
function* work(world: World, rows: Set<NextStep['row']>): Generator<void, void> {
  for (;;) {
    const fingerprint = world.pick(fingerprints) ?? fingerprints[0];
    const token = world.record.lease(fingerprint);
    yield;
    if (token === null) continue;
    yield* look(world, fingerprint, token, rows);
    if (world.record.holds(fingerprint, token)) world.record.expire(fingerprint);
  }
}

function* look(world: World, fingerprint: Digest, token: number, rows: Set<NextStep['row']>): Generator<void, NextStep> {
  const state = yield* readState(world, fingerprint);
  const next = nextStep(state);
  rows.add(next.row);
  yield* performStep({ world, state, token }, next);
  return next;
}

/** One worker, no faults, nobody else. */
function settle(world: World, rows: Set<NextStep['row']>): readonly NextStep[] {
  world.isCalm = true;
  for (const fingerprint of fingerprints) world.record.expire(fingerprint);
  for (let round = 0; round < 30; round += 1) {
    const last = fingerprints.map((fingerprint) => lookCalmly(world, fingerprint, rows));
    if (last.every(({ step }) => ['nothing', 'alert', 'digest'].includes(step.kind))) return last;
  }
  return assert.fail('it does not come to rest');
}

function lookCalmly(world: World, fingerprint: Digest, rows: Set<NextStep['row']>): NextStep {
  const token = world.record.lease(fingerprint) ?? assert.fail('a lease is held');
  const doing = look(world, fingerprint, token, rows);
  for (;;) {
    const turn = doing.next();
    if (turn.done !== true) continue;
    world.record.expire(fingerprint);
    return turn.value;
  }
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createBreaker, openMs } from '../../src/github/breaker.ts';
import type { Breaker } from '../../src/github/breaker.ts';
import type { Outcome } from '../../src/github/octokit.ts';
import { isFailure } from '../builders/is-failure.ts';

const fine: Outcome = { kind: 'answered', status: 200, headers: {}, body: {} };
const down: Outcome = { kind: 'answered', status: 502, headers: {}, body: '' };
const broken: Outcome = { kind: 'broken', unsent: false, why: 'ECONNRESET' };
const refused: Outcome = { kind: 'answered', status: 403, headers: {}, body: {} };

/** A breaker by a clock that only the test moves; how often GitHub was asked. */
function aBreaker(context: TestContext): { readonly asked: () => number; readonly ask: (outcome: Outcome) => Promise<Outcome>; readonly pass: (milliseconds: number) => void } {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-20T12:00:00Z') });
  const breaker: Breaker = createBreaker({ now: () => new Date() });
  let asked = 0;
  const ask = (outcome: Outcome) => breaker(async () => ((asked += 1), outcome));
  return { asked: () => asked, ask, pass: (milliseconds) => context.mock.timers.tick(milliseconds) };
}

async function breakIt(ask: (outcome: Outcome) => Promise<Outcome>): Promise<void> {
  for (let trouble = 0; trouble < 12; trouble += 1) await ask(trouble % 2 === 0 ? down : broken);
}

describe('the circuit of an installation', () => {
  it('opens after trouble without a break, and nothing is asked until its time is over', async (context) => {
    const { asked, ask } = aBreaker(context);
    await breakIt(ask);
    await assert.rejects(ask(fine), isFailure('GITHUB_UNAVAILABLE'));
    assert.equal(asked(), 12);
  });

  it('stays closed while answers come in between, and refusals are answers', async (context) => {
    const { asked, ask } = aBreaker(context);
    for (let call = 0; call < 40; call += 1) await ask(call % 8 === 0 ? refused : down);
    assert.equal(asked(), 40);
  });

  it('half open, it asks once: an answer closes it', async (context) => {
    const { asked, ask, pass } = aBreaker(context);
    await breakIt(ask);
    pass(openMs);
    for (const outcome of [fine, down, fine]) assert.equal(await ask(outcome), outcome);
    assert.equal(asked(), 15);
  });

  it('half open, trouble opens it again', async (context) => {
    const { asked, ask, pass } = aBreaker(context);
    await breakIt(ask);
    pass(openMs);
    await ask(down);
    await assert.rejects(ask(fine), isFailure('GITHUB_UNAVAILABLE'));
    assert.equal(asked(), 13);
  });
});

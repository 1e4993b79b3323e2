import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standingVotes } from '../../src/domain/people/standing-votes.ts';
import { numbers } from './action-matrix/cases.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const orders = process.env['PLUMBLINE_LONG'] === '1' ? 500 : 10;

const configuration = `version: 1
governance:
  actions:
    - {action: infra.two, tier: 2, paths: ["infra/two/**"]}
    - {action: infra.three, tier: 3, paths: ["infra/three/**"]}
  approvals: {tier2: {count: 1, from: ["team:reviewers"]}, tier3: {count: 2, from: ["team:governance"]}}
  whitelist: [{action: infra.three, actors: ["user:mona", "user:dev"], until: 2027-01-01, owner: "user:mona", reason: owns it}]
`;

/** What happened on GitHub before Plumbline heard of any of it, in the order in which it happened. */
function aStory() {
  const world = aDeliveredWorld();
  world.github.commit('main', { '.github/plumbline.yml': configuration });
  world.github.teams.set('reviewers', new Set(['ann', 'bob', 'dev']));
  world.github.teams.set('governance', new Set(['cid', 'dan', 'dev']));
  const arrivals = [
    world.opens(1, 'mona', { 'infra/two/a.tf': 'one\n', 'infra/three/a.tf': 'one\n' }),
    world.pushes(1, 'dev', { 'src/shop.ts': 'one\n' }),
    world.pushes(1, 'mona', { 'infra/two/a.tf': 'two\n' }),
  ];
  const sha = world.headOf(1).slice(0, 12);
  const said = [
    world.comments(1, 'bob', `/plumbline approve infra.two ${'0'.repeat(12)}`),
    world.comments(1, 'ann', `/plumbline approve infra.two ${sha}`),
    world.comments(1, 'cid', `/plumbline approve infra.three ${sha}`),
    world.comments(1, 'dev', `/plumbline approve infra.three ${sha}`),
    world.comments(1, 'dev', `/plumbline reject infra.two ${sha} mine is better`),
    world.comments(1, 'ann', `/plumbline unapprove infra.two ${sha}`),
    world.comments(1, 'dan', `/plumbline reject infra.three ${sha} too soon`),
    world.comments(1, 'bob', `/plumbline approve infra.two ${sha}`),
    world.comments(1, 'dan', `/plumbline unapprove infra.three ${sha}`),
    world.comments(1, 'dan', `/plumbline approve infra.three ${sha}`),
  ];
  return { world, deliveries: [...arrivals, ...said] };
}

/** The story told in an order, each delivery twice, with pauses in which Plumbline does what it was asked for. */
async function told(random: () => number) {
  const { world, deliveries } = aStory();
  const shuffled = [...deliveries, ...deliveries].map((delivery) => ({ delivery, at: random() })).toSorted((a, b) => a.at - b.at);
  for (const { delivery } of shuffled) {
    await world.receive(delivery);
    world.clock.advance(1_000);
    if (random() < 0.2) await world.settle();
  }
  // A command waits up to four minutes for the judgement of the head.
  for (let look = 0; look < 7; look += 1) {
    await world.settle();
    world.clock.advance(121_000);
  }
  assert.deepEqual(world.failures, []);
  return stateOf(world);
}

async function stateOf(world: ReturnType<typeof aStory>['world']) {
  const decision = (await world.decisionOn(1))?.decision;
  const arrivals = await world.store.transaction((transaction) => transaction.arrivals(world.github.ref.id, 1));
  const hands = new Set(arrivals.map(({ person }) => person.login));
  // Whose hand is in the change is refused, or kept where that was not known yet: it counts nothing either way.
  const votes = standingVotes(await world.votes(1)).filter(({ login }) => !hands.has(login));
  return {
    votes: votes.map(({ login, answer, target, at }) => ({ login, answer, target, at })),
    contributors: decision?.verdicts.flatMap(({ contributors = [] }) => contributors),
    held: decision?.held,
    decision: decision?.decision,
    conclusions: ['plumbline', 'plumbline / governance'].map((name) => world.conclusionOf(1, name)),
    replies: world.github.comments.filter(({ body }) => body.includes('<!-- plumbline:command-')).length,
  };
}

test(`deliveries in ${orders} shuffled orders, each twice, lead to the votes, contributors and decision of the order in which it happened`, async () => {
  let step = 0;
  const inOrder = await told(() => (step += 1) / 1_000);
  assert.deepEqual([inOrder.decision, inOrder.contributors, inOrder.votes.map(({ login, answer }) => `${login} ${answer}`)], ['allow', ['dev', 'mona'], ['cid approve', 'bob approve', 'dan approve']]);
  for (let seed = 1; seed <= orders; seed += 1) assert.deepEqual(await told(numbers(seed)), inOrder, `seed ${seed}`);
});

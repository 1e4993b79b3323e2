import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { markedSecret } from '../builders/marked-secrets.ts';
import { aDeliveredWorld } from './a-delivered-world.ts';

const configuration = `version: 1
governance:
  actions: [{action: infra.change, tier: 2, paths: ["infra/**"]}]
  approvals: {tier2: {from: ["team:governance"]}, tier3: {from: ["team:governance"]}}
`;
const minute = 60_000;

/** A secret, which is denied whatever else is, beside something that ann rejected; GitHub then does not tell who is in the team. */
async function aDenialBesideALostAnswer() {
  const world = aDeliveredWorld({});
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': configuration, 'README.md': 'shop\n' });
  github.teams.set('governance', new Set(['ann']));
  await world.receive(world.opens(1, 'mona', { 'infra/a.tf': 'one\n', 'src/a.ts': `${markedSecret}\n` }));
  await world.settle();
  await world.receive(world.comments(1, 'ann', `/plumbline reject infra.change ${world.headOf(1)} not now`));
  await world.settle();
  const told = async () => {
    const decision = (await world.decisionOn(1))?.decision;
    return [decision?.cause, ...(decision?.verdicts.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`)) ?? [])].join(' ');
  };
  const texts = () => ({ rollUp: github.check('plumbline', world.headOf(1))?.state.summary ?? '', gate: github.check('plumbline / governance', world.headOf(1))?.state.summary ?? '', comment: github.comments.map(({ body }) => body).find((body) => body.includes('Denied')) ?? '' });
  return {
    ...world,
    told,
    texts,
    /** For so many judgements GitHub answers no question about teams. */
    silence: (judgements: number) => github.trouble.set('people', Array.from({ length: judgements }, () => new Failure('GITHUB_UNAVAILABLE', 'down'))),
    async decisions(): Promise<number> {
      return (await world.auditEvents()).filter((event) => event === 'decision.made').length;
    },
    async after(minutes: number): Promise<void> {
      world.clock.advance(minutes * minute);
      await world.settle();
    },
  };
}

const certain = 'fail deny governance/rejected deny governance/secret_committed';
const uncertain = 'fail unknown policy/no_answer hold governance/approvals_missing deny governance/secret_committed';

test('a denial that lacks an answer beside it is judged again by itself, and check, gate and comment say when', async () => {
  const world = await aDenialBesideALostAnswer();
  assert.equal(await world.told(), certain);
  world.silence(1);
  await world.evaluate(1);
  assert.equal(await world.told(), uncertain);
  for (const text of Object.values(world.texts())) assert.match(text, /Plumbline retries by itself at 2026-/);
  await world.after(1);
  assert.equal(await world.told(), certain);
  for (const text of Object.values(world.texts())) assert.doesNotMatch(text, /retries/);
});

test('a denial that goes on lacking an answer is tried again after 1, 5 and 15 minutes, then hourly for a day, and then says that this has ended', async () => {
  const world = await aDenialBesideALostAnswer();
  world.silence(1_000);
  await world.evaluate(1);
  const before = await world.decisions();
  for (const minutes of [1, 5, 15]) await world.after(minutes);
  assert.equal(await world.decisions(), before + 3);
  for (let hour = 0; hour < 30; hour += 1) await world.after(60);
  assert.equal(await world.decisions(), before + 3 + 24);
  assert.equal(await world.told(), uncertain);
  for (const text of Object.values(world.texts())) assert.match(text, /The automatic retries have ended/);
});

test('a denial that lacks no answer is not tried again, and nothing says so', async () => {
  const world = await aDenialBesideALostAnswer();
  const before = await world.decisions();
  for (let hour = 0; hour < 3; hour += 1) await world.after(60);
  assert.equal(await world.decisions(), before);
  for (const text of Object.values(world.texts())) assert.doesNotMatch(text, /retr/);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import { recordPushJob, rejudgeUsageJob } from '../../../src/flows/job-requests.ts';
import { sweepExpiredDecisions } from '../../../src/flows/sweep-expired-decisions.ts';
import { aFile } from '../../builders/a-file.ts';
import { aClaim, aFencedBlock, anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { aDeliveredWorld } from '../a-delivered-world.ts';
import { rebase } from '../pushed-world.ts';

const configuration = (quota: string): string => `version: 1
hallucination:
  agents: [{login: "*[bot]", operator: "team:makers"}]
  quotas: [${quota}]
governance:
  approvals: {tier2: {count: 1, from: ["team:reviewers"]}, tier3: {count: 2, from: ["team:reviewers"]}}
`;
const paths = ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts'];
const [before, after] = ['export const total = 1;\n', 'export const total = 2;\n'];

/** Open pull requests 1 and 2 by one agent, 3 by another one and 4 by a person, all judged. */
async function anAgentsWorld(quota = '{scope: agent, tokensPerDay: 100}') {
  const world = aDeliveredWorld();
  world.github.commit('main', { '.github/plumbline.yml': configuration(quota), ...Object.fromEntries(paths.map((path) => [path, before])) });
  world.github.teams.set('reviewers', new Set(['ann', 'bob']));
  world.github.teams.set('makers', new Set(['max']));
  for (const [index, login] of ['robot[bot]', 'Robot[bot]', 'other[bot]', 'mona'].entries()) await world.receive(world.opens(index + 1, login, { [paths[index] ?? '']: after }));
  await world.settle();
  const numbers = [1, 2, 3, 4];
  return {
    ...world,
    /** Evidence of pull request 1 says that so much was used for it. */
    async spend(tokens: number) {
      const subject = aSubject({ change_digest: changeDigestOf({ files: [aFile({ path: 'src/a.ts', base: before, head: after })] }, []) });
      const usage = [{ 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-4.1', 'gen_ai.usage.input_tokens': tokens, 'gen_ai.usage.output_tokens': 0 }];
      await world.receive(world.writes(1, 'robot[bot]', aFencedBlock(anEvidenceDocument({ subject, claims: [aClaim({ citations: [] })], usage }))));
      await world.settle();
    },
    conclusions: () => numbers.map((number) => world.conclusionOf(number)),
    decisions: async () => await Promise.all(numbers.map(async (number) => (await world.decisionOn(number))?.id)),
  };
}

describe('a quota that an agent passes', () => {
  it('blocks its other open pull requests at once, and nobody else\'s is judged again', async () => {
    const world = await anAgentsWorld();
    const judged = await world.decisions();
    assert.deepEqual(world.conclusions(), ['action_required', 'action_required', 'action_required', 'success']);
    await world.spend(101);
    assert.deepEqual([world.conclusions(), world.failures], [['failure', 'failure', 'action_required', 'success'], []]);
    const now = await world.decisions();
    assert.deepEqual(now.map((id, index) => id === judged[index]), [false, false, true, true]);
    const events = await world.auditEvents();
    assert.deepEqual(events.filter((event) => event === 'usage.exceeded'), ['usage.exceeded']);
    // More of it is nothing new.
    await world.spend(102);
    assert.deepEqual([(await world.decisions())[1] === now[1], (await world.auditEvents()).filter((event) => event === 'usage.exceeded').length], [true, 1]);
  });

  it('blocks those of every agent that share it', async () => {
    const world = await anAgentsWorld('{scope: repository, tokensPerDay: 100}');
    await world.spend(101);
    assert.deepEqual(world.conclusions(), ['failure', 'failure', 'failure', 'success']);
  });

  it('blocks nothing any more once its window is over, and they are judged again then', async () => {
    const world = await anAgentsWorld();
    await world.spend(101);
    world.clock.advance(86_400_000);
    await sweepExpiredDecisions(world.ports);
    await world.settle();
    assert.deepEqual(world.conclusions(), ['action_required', 'action_required', 'action_required', 'success']);
  });

  it('blocks nothing any more once the configuration raises it, and blocks again where that is passed too', async () => {
    const world = await anAgentsWorld();
    const pushed = async (): Promise<void> => {
      await world.enqueue(recordPushJob(world.github.ref, 'refs/heads/main'));
      await world.settle();
      // What waits for the record looks again.
      world.clock.advance(60_000);
      await world.settle();
    };
    await pushed();
    await world.spend(101);
    world.github.commit('main', { '.github/plumbline.yml': configuration('{scope: agent, tokensPerDay: 150}') });
    for (const number of [1, 2, 3, 4]) rebase(world, number);
    await pushed();
    assert.deepEqual(world.conclusions(), ['action_required', 'action_required', 'action_required', 'success']);
    await world.spend(52);
    assert.deepEqual(world.conclusions(), ['failure', 'failure', 'action_required', 'success']);
  });

  it('concerns no other account, and no other repository where it is one repository\'s', async () => {
    const world = await anAgentsWorld();
    const judged = await world.decisions();
    const { account, id } = world.github.ref;
    for (const passed of [{ account: account.id + 1, scope: 'organization', subject: String(account.id + 1) }, { account: account.id, scope: 'repository', subject: String(id + 1) }, { account: account.id, scope: 'agent', subject: 'nobody' }] as const) await world.enqueue(rejudgeUsageJob(passed));
    await world.settle();
    assert.deepEqual(await world.decisions(), judged);
  });
});

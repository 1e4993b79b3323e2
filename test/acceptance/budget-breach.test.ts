import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { compareText } from '../../src/domain/compare-text.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { recordPushJob } from '../../src/flows/job-requests.ts';
import { reserveUsage } from '../../src/flows/usage/reserve-usage.ts';
import { settleUsage } from '../../src/flows/usage/settle-usage.ts';
import { aScanningServer } from './a-scanning-server.ts';
import { pullRequests } from './pull-requests.ts';

const configuration = `version: 1
contracts: [{name: workspace, paths: ["contracts/*.yaml"], schema: "builtin:workspace-contract/v2", signatures: optional}]
drift: {behaviors: ["behaviors/*.yaml"]}
hallucination: {agents: [{login: "robot[bot]", operator: "team:makers"}], quotas: [{scope: agent, tokensPerDay: 100}, {scope: organization, costPerMonth: 1000}]}
`;
const behavior = `kind: Behavior
name: robot-budget
scope: environment
source: {type: usage-quotas, agent: "Robot[bot]", contract: contracts/robot.yaml}
owner: team:makers
playbook: halt-contract
`;
const contract = `contractId: robot
contractVersion: 1.0.0
previousContractRef: null
lifecycle: active
emergencyFlags: {halted: false}
spec: {promise: one} # kept
`;
const files = { '.github/plumbline.yml': configuration, 'behaviors/robot.yaml': behavior, 'contracts/robot.yaml': contract };

/** A scanned repository with the contract of an agent. */
async function anAgentsServer(context: TestContext) {
  const server = await aScanningServer(context);
  const { store, clock } = server;
  const repository = await server.github.createRepository('robots', { files });
  await server.judge(recordPushJob(repository, 'refs/heads/main'));
  await server.scan();
  // No window ends while a test looks.
  const untilNoon = (): void => server.clock.advance((43_200_000 - (clock.now().getTime() % 86_400_000) + 86_400_000) % 86_400_000);
  untilNoon();
  let count = 0;
  const newId = (): string => `00000000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`;
  /** A proxy reserves one token for the agent, and tells that so many were used. */
  const use = async (tokens: number): Promise<string> => {
    const usage = { source: 'proxy', provider: 'openai', model: 'gpt-4.1', inputTokens: 1, outputTokens: 0, cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: null } as const;
    const taken = await reserveUsage({ store, clock, newId }, { account: repository.account.id, repository: { kind: 'id', id: repository.id }, agent: 'robot[bot]', usage, seconds: 60, by: 'proxy', key: newId(), asked: digestOfBytes('asked') });
    if (taken.kind !== 'reserved') return taken.kind;
    return (await settleUsage({ store, clock }, { account: repository.account.id, id: taken.reservation.id, used: { ...usage, inputTokens: tokens }, by: 'proxy', asked: digestOfBytes('settled') })).kind;
  };
  return { ...server, repository, use, untilNoon };
}

const contractAt = async ({ github }: Awaited<ReturnType<typeof anAgentsServer>>, { owner, name }: RepositoryRef, branch: string): Promise<string> => {
  const answer = await fetch(`${github.url}/repos/${owner}/${name}/contents/contracts/robot.yaml?ref=${encodeURIComponent(branch)}`, { headers: { authorization: 'token token-of-alice' } });
  const { content }: { readonly content: string } = JSON.parse(await answer.text());
  return Buffer.from(content, 'base64').toString('utf8');
};

test('a quota that an agent passed has its contract halted by one pull request, after a snapshot in the log, and is verified once that is merged', async (context) => {
  const server = await anAgentsServer(context);
  const { github, repository } = server;
  assert.equal(await server.use(400), 'settled');
  // Nobody asks for a scan: that it is passed does.
  await server.pass(12);
  const [pull, ...others] = await pullRequests(github, repository);
  assert.deepEqual([others, server.failures], [[], []]);
  assert.ok(pull !== undefined);
  assert.match(String(pull['title']), /^Remediate robot-budget: Halt a contract whose budget is used up$/);
  assert.match(String(pull['body']), /robot\\?\[bot\\?\].* passed its quota .*400 of 100 tokens/);
  assert.equal(await contractAt(server, repository, (pull['head'] as { readonly ref: string }).ref), contract.replace('halted: false', 'halted: true'));
  const events = await server.events(repository.account.id);
  assert.deepEqual(events.filter((event) => ['usage.breached', 'drift.detected', 'remediation.intent', 'remediation.created'].includes(event)), ['usage.breached', 'drift.detected', 'remediation.intent', 'remediation.created']);
  assert.equal(await server.use(1), 'exceeded');
  await server.measure(repository);
  assert.deepEqual([(await pullRequests(github, repository)).length, (await server.events(repository.account.id)).filter((event) => event === 'usage.breached').length], [1, 1]);
  await github.mergePullRequest(repository, Number(pull['number']));
  await server.closed(repository, Number(pull['number']));
  const [drift] = await server.store.transaction((transaction) => transaction.driftsOf(repository.id));
  assert.deepEqual([drift?.record.standing, server.failures], ['pass', []]);
});

test('what a person refuses is refused for the window, and a quota that is free again closes what is open', async (context) => {
  const server = await anAgentsServer(context);
  const { github, repository, clock } = server;
  const states = async (): Promise<readonly string[]> => (await pullRequests(github, repository)).map((one) => `${String(one['number'])} ${String(one['state'])}`).toSorted(compareText);
  await server.use(400);
  await server.measure(repository);
  await github.editPullRequest(repository, 1, { state: 'closed' }, { as: 'dev' });
  await server.closed(repository, 1);
  await server.measure(repository);
  assert.deepEqual(await states(), ['1 closed']);
  clock.advance(86_400_000);
  await server.measure(repository);
  assert.deepEqual(await states(), ['1 closed']);
  await server.use(400);
  await server.measure(repository);
  assert.deepEqual(await states(), ['1 closed', '2 open']);
  clock.advance(86_400_000);
  await server.measure(repository);
  assert.deepEqual([await states(), server.failures], [['1 closed', '2 closed'], []]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { decisionRecord } from '../../../src/render/decision-json.ts';
import { aDecision, aFindingAt, aJudgedAction, aVerdict } from '../../builders/decision-builder.ts';
import { aDecisionRecord } from '../../ports/store/suite.ts';
import { account, anApi } from './an-api.ts';

const idOf = (number: number): string => `00000000-0000-7000-9000-${String(number).padStart(12, '0')}`;
const head = 'd'.repeat(40);
const shop = { account: { id: account, login: 'acme', kind: 'organization' }, installationId: 7, id: 100, owner: 'acme', name: 'shop' } as const;
const blog = { ...shop, id: 101, name: 'blog' };

/** Two decisions of one repository, one of another, and one of another account. */
async function decided(context: TestContext) {
  const api = await anApi(context);
  const decision = aDecision({ head, verdicts: [aVerdict('change'), aVerdict('governance', [aFindingAt('a.yaml', 2)], { judged: [aJudgedAction()], contributors: ['mona'] })] });
  const records = [
    aDecisionRecord(shop, { id: idOf(1), subject: 'pull-request:4', decision }),
    aDecisionRecord(shop, { id: idOf(2), subject: 'merge-group:refs/heads/queue' }),
    aDecisionRecord(blog, { id: idOf(3), subject: 'pull-request:4' }),
    aDecisionRecord({ ...shop, account: { ...shop.account, id: 8 } }, { id: idOf(4), subject: 'pull-request:4' }),
  ];
  for (const record of records) await api.store.transaction((transaction) => transaction.saveDecision(record));
  return { ...api, decision };
}

const filters: Readonly<Record<string, readonly number[]>> = {
  '': [3, 2, 1],
  '?repository=100': [2, 1],
  '?repository=Acme/Blog': [3],
  '?repository=acme/shop&pullRequest=4': [1],
  [`?sha=${head}`]: [1],
  '?repository=100&pullRequest=5': [],
};

for (const [filter, expected] of Object.entries(filters)) {
  test(`decisions are found by ${filter === '' ? 'nothing' : filter.slice(1)}, the newest first`, async (context) => {
    const { ask } = await decided(context);
    const { status, answer } = await ask(`/decisions${filter}`, { claims: { roles: ['viewer'] } });
    assert.deepEqual([status, answer['decisions'].map(({ id }) => id)], [200, expected.map(idOf)]);
  });
}

test('decisions come in pages', async (context) => {
  const { ask } = await decided(context);
  const first = (await ask('/decisions?limit=2')).answer;
  const second = (await ask(`/decisions?limit=2&cursor=${first['next']}`)).answer;
  assert.deepEqual([first, second].map((page) => page['decisions'].map(({ id }) => id)), [[idOf(3), idOf(2)], [idOf(1)]]);
  assert.equal(second['next'], null);
});

test('one decision is told with its whole record, by the schema that is published', async (context) => {
  const { ask, decision } = await decided(context);
  const { answer } = await ask(`/decisions/${idOf(1)}`);
  assert.deepEqual([answer['record'], answer['pullRequest'], answer['repository']], [JSON.parse(JSON.stringify(decisionRecord(decision))), 4, { id: 100, name: 'acme/shop' }]);
});

test('a decision whose details were erased says so, and what it came to', async (context) => {
  const { ask, store, decision } = await decided(context);
  assert.equal((await ask(`/decisions/${idOf(1)}`)).answer['erased'], false);
  await store.transaction((transaction) => transaction.eraseDecisions(account, [idOf(1)]));
  const { answer, text } = await ask(`/decisions/${idOf(1)}`);
  assert.deepEqual([answer['erased'], answer['decision'], /"verdicts":\[\]/.test(text), /mona|a\.yaml/.test(text)], [true, decision.decision, true, false]);
});

test('a decision of another account is as if there were none', async (context) => {
  const { ask } = await decided(context);
  const told = await Promise.all([`/decisions/${idOf(4)}`, `/decisions/${idOf(9)}`].map(async (path) => (await ask(path)).text));
  assert.deepEqual([told[0], JSON.parse(told[0] ?? '')['code']], [told[1], 'not_found']);
  assert.equal((await ask(`/decisions/${idOf(4)}?account=8`)).answer['code'], 'other_account');
});

test('a pull request without its repository is refused: another one has the number too', async (context) => {
  const { ask } = await decided(context);
  assert.equal((await ask('/decisions?pullRequest=4')).answer['code'], 'repository_missing');
});

import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import type { Severity } from '../../src/domain/severity.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const path = 'plumbline.yml';
const own = { '.github/plumbline.yml': 'version: 1\n' };
const broken = 'version: [\n';

/** What is decided in the organisation's repository, which has a configuration of its own, about a pull request that leaves this as the organisation's. */
async function judged(base: string | null, head: string) {
  const world = aWorld({ name: '.github' }, requiredGates);
  const { github, store } = world;
  const commit = github.commit('main', base === null ? own : { ...own, [path]: base });
  github.organization = { repository: github.ref, commit, bytes: base === null ? null : new TextEncoder().encode(base) };
  await pushed(world);
  github.branch('a', 'main');
  github.commit('a', { [path]: head });
  github.openPull(1, 'a');
  await world.evaluate(1);
  const record = await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  const verdicts = record?.decision.verdicts ?? [];
  const found = (wanted: Severity): readonly string[] => verdicts.flatMap(({ findings }) => findings).filter(({ severity }) => severity === wanted).map(({ code }) => code);
  return {
    decision: record?.decision.decision,
    actions: verdicts.flatMap((verdict) => verdict.judged ?? []).map(({ action, tier }) => `${action} ${tier}`),
    denied: found('deny').toSorted(),
    held: found('hold').toSorted(),
  };
}

describe('the configuration of an organisation, where no valid one is in force', () => {
  it('is a change of the configuration and held where it is the first one: attack', async () => {
    const whitelist = '[{action: "*", actors: ["user:mona"], until: 2099-01-01, owner: "user:mona", reason: "me"}]';
    const { decision, actions } = await judged(null, `version: 1\ngovernance: {whitelist: ${whitelist}}\n`);
    assert.deepEqual([decision, [...new Set(actions)]], ['hold', ['config.change 3']]);
  });

  it('is denied where the first one is not valid', async () => {
    const { decision, denied } = await judged(null, broken);
    assert.deepEqual([decision, denied], ['deny', ['config/invalid']]);
  });

  it('is denied where it is not valid in the base and stays so', async () => {
    const { decision, denied, held } = await judged(broken, 'version: 2\n');
    assert.deepEqual([decision, denied, held.includes('config/repair')], ['deny', ['config/base_invalid', 'config/invalid'], false]);
  });

  it('is held as a repair where it is not valid in the base and becomes so', async () => {
    const { decision, denied, held } = await judged(broken, 'version: 1\n');
    assert.deepEqual([decision, denied, held], ['hold', [], ['config/repair']]);
  });
});

test('an organisation whose configuration is too large is judged by the newest valid one, which is said in every repository of it', async () => {
  const world = aWorld({}, requiredGates);
  const { github, store } = world;
  const commit = github.commit('main', { '.github/plumbline.yml': 'version: 1\n', 'docs/a.md': 'a' });
  const repository = { ...github.ref, id: 1, name: '.github' };
  github.organization = { repository, commit, bytes: new TextEncoder().encode('version: 1\ngovernance: {actions: [{action: docs.write, tier: 2, paths: ["docs/**"]}]}\n') };
  await pushed(world);
  github.organization = { repository, commit: github.commit('elsewhere', { 'README.md': 'x' }), bytes: null, unusable: 'it is too large (1048577 bytes, expected at most 1048576)' };
  github.branch('a', 'main');
  github.commit('a', { 'docs/a.md': 'b' });
  github.openPull(1, 'a');
  await world.evaluate(1);
  const record = await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  const verdicts = record?.decision.verdicts ?? [];
  const [told] = verdicts.flatMap(({ findings }) => findings).filter(({ code }) => code.startsWith('config/'));
  assert.deepEqual([told?.code, told?.severity, verdicts.flatMap((verdict) => verdict.judged ?? []).map(({ action }) => action)], ['config/base_invalid', 'notice', ['docs.write']]);
  assert.match(told?.message ?? '', /^Cannot use `plumbline\.yml` of acme\/\.github at [0-9a-f]+: it is too large \(1048577 bytes, expected at most 1048576\)\. The newest valid one, of [0-9a-f]+, judges\.$/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { aWorld } from './a-world.ts';
import { pushed } from './pushed-world.ts';

const configuration = 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\ngovernance:\n  actions: [{action: prod.destroy, tier: 4, paths: ["prod/**"]}]\n  approvals: {tier3: {count: 2, from: ["team:governance"]}, root: {count: 0}}\n';
const behavior = 'kind: Behavior\nname: new\nscope: environment\nsource: {type: repository-files, files: [{path: copy, template: prod/a.tf}]}\nowner: team:x\nplaybook: restore-managed-file\n';
const roots = {
  "the organisation's repository": { name: '.github' },
  'a user account': { account: { id: 13, login: 'mona', kind: 'user' }, owner: 'mona' },
} as const;
const ways = {
  nothing: {},
  'a new behaviour': { 'behaviors/new.yaml': behavior },
  'a new glob of waivers': { '.github/plumbline.yml': `${configuration}waivers: ["prod/*.tf"]\n` },
  'a new glob of playbooks': { '.github/plumbline.yml': `${configuration}playbooks: ["prod/*.tf"]\n` },
};

for (const [where, reference] of Object.entries(roots)) {
  for (const [way, files] of Object.entries(ways)) {
    test(`attack: in ${where} ${way} that names a file beside its change makes no other action on it one that those who govern release`, async () => {
      const world = aWorld(reference, requiredGates);
      const { github, store } = world;
      for (const people of [github.owners, github.admins]) people.add('mona');
      github.commit('main', { '.github/plumbline.yml': configuration, 'prod/a.tf': 'one\n' });
      await pushed(world);
      github.branch('a', 'main');
      const head = github.commit('a', { 'prod/a.tf': 'two\n', ...files });
      github.openPull(1, 'a');
      await store.transaction((transaction) => transaction.recordArrival({ repositoryId: github.ref.id, pullRequest: 1, head, person: { login: 'mona', id: 13, kind: 'human' }, action: 'opened', at: '2026-11-20T11:00:00Z' }));
      await world.evaluate(1);
      const record = await store.transaction((transaction) => transaction.newestDecision(github.ref.id, 'pull-request:1'));
      const judged = record?.decision.verdicts.flatMap((verdict) => verdict.judged ?? []) ?? [];
      assert.deepEqual([record?.decision.decision, judged.filter(({ action }) => action === 'prod.destroy').map(({ tier, outcome }) => `${tier} ${outcome}`)], ['deny', ['4 fail']]);
    });
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { limits } from '../../src/domain/limits.ts';
import { aWorld } from './a-world.ts';

const configuration = 'version: 1\ncontracts: [{name: all, paths: ["contracts/**"], signatures: optional}]\n';

/** So many files of nearly the most bytes that one may have. */
function large(folder: string, count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${folder}/${index}.json`, `${index}`.padEnd(limits.fileBytes - 1, ' ')]));
}

const over = limits.changedBytes / limits.fileBytes + 1;

const attacks = {
  'contracts that are too large together': [{}, large('contracts', over)],
  'a glob of behaviours that names all that there is': [large('src', over), { '.github/plumbline.yml': `${configuration}drift: {behaviors: ["src/**"]}\n` }],
  'a glob of waivers that names all that there is': [large('src', over), { '.github/plumbline.yml': `${configuration}waivers: ["src/**"]\n` }],
} as const;

async function judged(standing: Readonly<Record<string, string>>, brought: Readonly<Record<string, string | null>>, before: Readonly<Record<string, string>> = { '.github/plumbline.yml': configuration }) {
  const world = aWorld({}, requiredGates);
  const { github, store } = world;
  for (const required of ['main', 'plumbline']) github.required.add(required);
  github.commit('main', { ...before, ...standing });
  github.branch('a', 'main');
  github.commit('a', brought);
  github.openPull(1, 'a');
  await world.evaluate(1);
  const decision = (await store.transaction((transaction) => transaction.newestDecision(github.ref.id, 'pull-request:1')))?.decision;
  return { decision, read: github.readBlobs.size };
}

for (const [what, [standing, brought]] of Object.entries(attacks)) {
  test(`attack: ${what} denies the change, and nothing of it is read`, async () => {
    const { decision, read } = await judged(standing, brought);
    const findings = new Set(decision?.verdicts.flatMap((verdict) => verdict.findings.map(({ code, path }) => `${verdict.gate} ${code} ${path ?? ''}`)));
    assert.deepEqual([decision?.decision, [...findings]], ['deny', requiredGates.map((gate) => `${gate} snapshot/too_large `)]);
    assert.ok(read < 5, `${read} blobs were read`);
  });
}

test('attack: a first configuration that names all that there is denies the change, and nothing of it is read', async () => {
  const { decision, read } = await judged(large('src', over), { '.github/plumbline.yml': `${configuration}drift: {behaviors: ["src/**"]}\n` }, { 'README.md': 'shop\n' });
  assert.deepEqual([decision?.decision, decision?.verdicts.flatMap(({ findings }) => findings.map(({ code }) => code))], ['deny', requiredGates.map(() => 'snapshot/too_large')]);
  assert.ok(read < 5, `${read} blobs were read`);
});

test('attack: contracts that stand there and are too large together hold a change of another one, which is judged', async () => {
  const contract = (id: string) => `contractId: ${id}\ncontractVersion: 1.0.0\nlifecycle: draft\n`;
  const { decision } = await judged(large('contracts', over), { 'contracts/new.yaml': contract('new'), 'contracts/bad.yaml': '[' });
  const found = decision?.verdicts.flatMap((verdict) => verdict.findings.filter(({ code }) => code === 'snapshot/too_large' || code === 'contract/unparsable').map(({ code, severity, path }) => `${verdict.gate} ${severity} ${code} ${path ?? ''}`));
  assert.deepEqual([found, decision?.held.filter(({ scope }) => scope === 'snapshot/too_large').map(({ from }) => from)], [['contracts hold snapshot/too_large ', 'contracts deny contract/unparsable contracts/bad.yaml'], ['tier3']]);
});

test('what stood at the base before, and what is taken away, is not counted to what a change brings', async () => {
  const standing = large('contracts', over);
  for (const brought of [{ 'README.md': 'shop\n' }, Object.fromEntries(Object.keys(standing).map((path) => [path, null]))]) {
    const { decision } = await judged(standing, brought);
    assert.deepEqual(decision?.verdicts.flatMap(({ findings }) => findings.filter(({ code }) => code === 'snapshot/too_large')), []);
  }
});

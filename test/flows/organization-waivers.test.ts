import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../src/domain/finding.ts';
import { limits } from '../../src/domain/limits.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { aContract, aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const path = 'contracts/checkout.yaml';
const code = 'contract/schema_invalid';
const configured = 'version: 1\ncontracts: [{name: all, paths: ["contracts/**"], signatures: optional}]\nwaivers: [own.json]\n';
/** The organisation sets how the code counts, so no repository may waive it. */
const theirs = `version: 1\nrules: {${code}: enforce}\nwaivers: ["waivers/*.json"]\n`;

/** Branch of the same GitHub that stands for the organisation's repository. */
const organization = 'organization';

async function judged(files: Readonly<Record<string, string>> = {}, configuration = theirs): Promise<World> {
  const world = aWorld({}, requiredGates);
  world.github.commit('main', { '.github/plumbline.yml': configured, [path]: aContract() });
  atOrganization(world, { 'plumbline.yml': configuration, ...files });
  await pushed(world);
  world.github.branch('a', 'main');
  world.github.commit('a', { [path]: aContract({ emergencyFlags: '{budgetOverride: {until: never}}' }) });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  return world;
}

function atOrganization({ github }: World, files: Readonly<Record<string, string>>): void {
  const commit = github.commit(organization, files);
  const bytes = files['plumbline.yml'] === undefined ? github.organization?.bytes ?? null : new TextEncoder().encode(files['plumbline.yml']);
  github.organization = { repository: { ...github.ref, id: 1, name: '.github' }, commit, bytes };
}

function entry(world: { readonly fingerprint: string }, more: Readonly<Record<string, string>> = {}): object {
  return { code, fingerprint: world.fingerprint, path, owner: 'team:platform', reason: 'mended in May', grantedBy: 'olga', until: '2026-12-20', ...more };
}

const waiversOf = (...waivers: readonly object[]): string => JSON.stringify({ version: 1, waivers });

async function decisionOf({ store }: World) {
  const record = await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  assert.ok(record);
  return record.decision;
}

async function findingsOf(world: World): Promise<readonly Finding[]> {
  return (await decisionOf(world)).verdicts.flatMap(({ findings }) => findings);
}

async function foundIn(world: World, wanted = code): Promise<Finding> {
  const found = (await findingsOf(world)).find((one) => one.code === wanted);
  assert.ok(found, wanted);
  return found;
}

/** The organisation has these entries from now on, and the change is judged again. */
async function waive(world: World, text: (finding: Finding) => string): Promise<void> {
  atOrganization(world, { 'waivers/a.json': text(await foundIn(world)) });
  await world.evaluate(1);
}

describe('a waiver of the organisation', () => {
  it('silences a rule of the organisation in a repository, with its countdown, until its day', async () => {
    const world = await judged();
    await waive(world, (finding) => waiversOf(entry(finding)));
    const { waived, severity, waiver } = await foundIn(world);
    assert.deepEqual([waived, severity, waiver], [true, 'notice', { owner: 'team:platform', reason: 'mended in May', until: '2026-12-20T00:00:00.000Z', daysLeft: 30 }]);
    assert.equal((await decisionOf(world)).validUntil, '2026-12-20T00:00:00.000Z');
  });

  it('does what no waiver of the repository may', async () => {
    const world = await judged();
    world.github.commit('main', { 'own.json': waiversOf(entry(await foundIn(world))) });
    rebase(world, 1);
    await world.evaluate(1);
    assert.equal((await foundIn(world)).waived, false);
  });

  it('counts nothing of a repository that has a file of that name: attack', async () => {
    const world = await judged();
    world.github.commit('main', { 'waivers/a.json': waiversOf(entry(await foundIn(world))) });
    rebase(world, 1);
    await world.evaluate(1);
    assert.equal((await foundIn(world)).waived, false);
  });

  it('is not orphaned in a repository that has nothing of it', async () => {
    const world = await judged({ 'waivers/a.json': waiversOf(entry({ fingerprint: 'a'.repeat(16) }), entry({ fingerprint: 'b'.repeat(16) }, { path: 'contracts/gone.yaml' })) });
    assert.deepEqual((await findingsOf(world)).filter((one) => one.code.startsWith('waiver/')), []);
  });

  for (const [what, more, told] of [
    ['has ended', { until: '2026-11-19' }, 'waiver/expired'],
    ['ends too late', { until: '2027-12-20' }, 'waiver/too_long'],
  ] as const) {
    it(`that ${what} is told where it fails to silence, and nowhere else`, async () => {
      const world = await judged();
      await waive(world, (finding) => waiversOf(entry(finding, more), entry({ fingerprint: 'a'.repeat(16) }, more)));
      const { waived, line } = await foundIn(world);
      const found = (await findingsOf(world)).filter((one) => one.code.startsWith('waiver/'));
      assert.deepEqual([waived, found.map((one) => [one.code, one.severity, one.path, one.line])], [false, [[told, 'notice', path, line]]]);
      assert.match(found[0]?.message ?? '', /which stands in `waivers\/a\.json` of acme\/\.github,/);
    });
  }

  it('that has ended is not told where another one silences the same', async () => {
    const world = await judged();
    await waive(world, (finding) => waiversOf(entry(finding, { until: '2026-11-19' }), entry(finding)));
    assert.deepEqual([(await foundIn(world)).waived, (await findingsOf(world)).filter((one) => one.code.startsWith('waiver/'))], [true, []]);
  });

  it('counts nothing where one thing in its file is wrong, and that is said', async () => {
    const world = await judged();
    await waive(world, (finding) => waiversOf(entry(finding), {}));
    const { severity, path: where, message, next } = await foundIn(world, 'config/base_invalid');
    assert.deepEqual([(await foundIn(world)).waived, severity, where], [false, 'notice', 'waivers/a.json']);
    assert.match(message, /^None of the waivers in `waivers\/a\.json` of acme\/\.github counts, since it is not valid: /);
    assert.equal(next, 'Whoever maintains acme/.github makes waivers/a.json valid there.');
  });

  it('counts nothing where the organisation names more files than are read, as `plumbline check --organization` says too', async () => {
    const world = await judged(Object.fromEntries(Array.from({ length: limits.organizationFiles + 1 }, (_, index) => [`waivers/${index}.json`, waiversOf()])));
    const { severity, message, next } = await foundIn(world, 'config/base_invalid');
    assert.deepEqual([severity, message], ['notice', `None of the waivers of the organisation counts: the configuration of the organisation names ${limits.organizationFiles + 1} files, expected at most ${limits.organizationFiles}.`]);
    assert.equal(next, 'Whoever maintains the repository of the organisation makes the files that its configuration names fewer or smaller.');
    assert.equal((await decisionOf(world)).cause, 'fail');
  });

  it('leaves the decision open where the commit that judges is gone', async () => {
    const world = await judged({ 'waivers/a.json': waiversOf() });
    world.github.organization = { repository: { ...world.github.ref, id: 1, name: '.github' }, commit: 'e'.repeat(40), bytes: new TextEncoder().encode(theirs) };
    await world.evaluate(1);
    assert.match((await foundIn(world, 'snapshot/unreadable')).message, /^Cannot read the organisation's waivers: no commit e+\. Nothing in your change caused this\.$/);
  });

  it('that is taken away silences nothing any more', async () => {
    const world = await judged();
    await waive(world, (finding) => waiversOf(entry(finding)));
    await waive(world, () => waiversOf());
    assert.equal((await foundIn(world)).waived, false);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { localConfiguration } from '../../../src/cli/check/local-configuration.ts';
import { withOtherBranches } from '../../../src/cli/check/other-branches.ts';
import type { OtherBranches } from '../../../src/cli/check/other-branches.ts';
import { Failure } from '../../../src/domain/failure.ts';
import { emptyRecord } from '../../../src/flows/empty-record.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';
import { aContract } from '../../flows/a-world.ts';

const path = 'contracts/checkout.yaml';
const governing = 'version: 1\nbranches:\n  - {entry: main, names: [main]}\n  - {entry: rel, names: ["rel/*"]}\ncontracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"], signatures: optional}\n';

/** Main and so many branches of another entry, of which the last one has released something. */
function aRepositoryOf(count: number): FakeGitHub {
  const github = new FakeGitHub();
  github.commit('main', { '.github/plumbline.yml': governing });
  for (let number = 1; number <= count; number += 1) github.branch(`rel/${String(number).padStart(2, '0')}`, 'main');
  github.commit(`rel/${count}`.replace(/\/(.)$/, '/0$1'), { [path]: aContract() });
  return github;
}

/** @param broken What reading the history of a branch other than main throws. */
async function othersOf(github: FakeGitHub, broken: Error | null = null): Promise<OtherBranches> {
  const main = github.branches.get('main') ?? '';
  const objects: Parameters<typeof withOtherBranches>[1]['objects'] = {
    ...github.repository,
    history: async (from, page) => (broken === null || from === main ? github.repository.history(from, page) : Promise.reject(broken)),
    root: '/',
    commitHands: async () => [],
    resolve: async () => main,
    worktreeCommit: async () => main,
    defaultBase: async () => null,
    branchNamed: async () => null,
    branches: async () => [...github.branches].map(([name, sha]) => ({ name, sha })),
    origin: async () => null,
  };
  const change = { subject: { kind: 'range' }, author: 'ann', title: '', draft: false, fork: false, baseBranch: 'main' } as const;
  const range = { repository: github.ref, change, base: { sha: main, branch: 'main', defaultBranch: 'main', defaultTip: main }, head: 'f'.repeat(40) };
  return withOtherBranches(emptyRecord, { objects, range, configuration: await localConfiguration(objects, range, null), organization: null });
}

async function read(others: OtherBranches): Promise<readonly [versions: readonly string[], unknown: readonly unknown[]]> {
  const { elsewhere, unknown } = await others.record.releases('main', ['checkout']);
  return [elsewhere.map(({ version }) => version), unknown];
}

describe('other governed branches of a local repository', () => {
  test('twenty are read', async () => {
    assert.deepEqual(await read(await othersOf(aRepositoryOf(20))), [['1.0.0'], []]);
  });

  test('attack: those over the limit are unknown, and not without releases', async () => {
    const others = await othersOf(aRepositoryOf(22));
    const unread = 'there are 22 governed branches beside the base, and the first 20 by name were read';
    assert.deepEqual(await read(others), [[], ['rel/21', 'rel/22'].map((branch) => ({ branch, unread }))]);
    assert.deepEqual(others.skipped(), [{ rule: 'releases of other branches', why: `${unread}: the App reads all` }]);
  });

  test('attack: one whose history is cut off is unknown, and not without releases', async () => {
    const others = await othersOf(aRepositoryOf(1), new Failure('SNAPSHOT_UNREADABLE', 'the clone is cut off'));
    assert.deepEqual(await read(others), [[], [{ branch: 'rel/01', unread: 'the clone is cut off' }]]);
    assert.deepEqual(others.skipped(), [{ rule: 'releases of the branch rel/01', why: 'the clone is cut off' }]);
  });

  test('what is no trouble with a branch is not taken for it', async () => {
    for (const broken of [new RangeError('ours'), new Failure('PROBE_FAILED', 'ours')]) await assert.rejects(read(await othersOf(aRepositoryOf(1), broken)), broken);
  });
});

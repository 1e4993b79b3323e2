import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../../../src/domain/action/action.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { isRootAction } from '../../../src/gates/governance/is-root-action.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';

const account = { id: 1, login: 'acme', kind: 'organization' } as const;
const root: RepositoryRef = { account, installationId: 10, id: 100, owner: 'acme', name: '.github' };
const files = [aFile({ path: 'plumbline.yml', base: 'a', head: 'b', roles: ['own'] }), aFile({ path: 'own/contract.yaml', base: 'a', head: 'b', roles: ['own', 'contract'] }), aFile({ path: 'src/a.ts', base: 'a', head: 'b', roles: [] })];

function isRoot(action: string, paths: readonly string[], snapshot: SnapshotInput = {}, finding: Action['finding'] = null): boolean {
  const judged: Action = { action, tier: 3, subject: {}, paths, why: 'It changes something.', evidence: {}, place: null, finding, remedy: null };
  return isRootAction(judged, aSnapshot({ files, repository: root, ...snapshot }));
}

test("a change of Plumbline's own files in the organisation's repository is one of the root", () => {
  assert.ok(isRoot('config.change', ['plumbline.yml']));
  assert.ok(isRoot('config.change', ['plumbline.yml'], { repository: { ...root, name: '.GitHub' } }));
  assert.ok(isRoot('config.change', ['plumbline.yml'], { repository: { ...root, account: { ...account, kind: 'user' }, name: 'shop' } }));
});

test('a contract or a schema is not, though its file be one of them', () => {
  assert.ok(!isRoot('contract.bump', ['own/contract.yaml']));
  assert.ok(!isRoot('schema.change_breaking', ['own/contract.yaml']));
});

test('an action is not that touches anything else, or nothing', () => {
  assert.ok(!isRoot('config.change', ['plumbline.yml', 'src/a.ts']));
  assert.ok(!isRoot('config.change', []));
});

test('no action is in another repository or on the command line', () => {
  assert.ok(!isRoot('config.change', ['plumbline.yml'], { repository: { ...root, name: 'shop' } }));
  assert.ok(!isRoot('config.change', ['plumbline.yml'], { change: { ...aSnapshot().change, subject: { kind: 'range' } } }));
});

test('what harms whoever owns the place is not decided by owners, and a loosening is', () => {
  assert.ok(!isRoot('secret.commit', ['plumbline.yml'], {}, 'governance/secret_committed'));
  assert.ok(!isRoot('workflow.permission_widen', ['plumbline.yml'], {}, 'governance/workflow_unsafe'));
  assert.ok(isRoot('config.change', ['plumbline.yml'], {}, 'governance/loosening'));
});

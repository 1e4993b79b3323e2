import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { OwnPackage } from '../../../../src/domain/module/imports-answer.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { judgedPackages } from './judged-packages.ts';

const manifest = (members: object): string => JSON.stringify({ name: 'shop', ...members });
const integrity = `sha512-${'a'.repeat(86)}==`;
const withMembers = (...own: readonly OwnPackage[]): World => ({ imports: () => ({ kind: 'looked', modules: 0, broken: [], untold: [], unlooked: null, own }) });

suite('attacks: packages that are said to lie in the repository', () => {
  test('attack: a member of the workspace that nobody has is no package, by whatever range it is asked for', () => {
    for (const spec of ['workspace:*', 'workspace:^', 'workspace:1.0.0', 'workspace:ghost@*']) {
      const { verdict, told, asked } = judgedPackages({ files: { 'app/package.json': manifest({ dependencies: { ghost: spec } }) }, world: withMembers({ name: 'real', version: '1.0.0' }) });
      assert.deepEqual([spec, verdict.verdict, told, asked], [spec, 'fail', ['package_missing: "ghost" is no package: no member of the workspace has this name.'], []]);
    }
  });

  test('members that are there pass, also by another name', () => {
    const dependencies = { real: 'workspace:*', alias: 'workspace:@me/real@^1' };
    const { verdict, told } = judgedPackages({ files: { 'app/package.json': manifest({ dependencies }) }, world: withMembers({ name: 'real', version: '1.0.0' }, { name: '@me/real', version: null }) });
    assert.deepEqual([verdict.verdict, told], ['pass', []]);
  });

  test('attack: a folder or an archive that is not there is held, since a build may make it', () => {
    const dependencies = { a: 'file:./nowhere', b: 'link:../none', c: 'portal:../none', d: 'file:d.tgz', e: 'workspace:../none' };
    const { verdict, told } = judgedPackages({ files: { 'app/package.json': manifest({ dependencies }) } });
    const held = (names: string, path: string, verb = 'exists'): string => `not_checkable: Cannot tell whether ${names} ${verb}: nothing stands at "${path}" once this is merged. It is held: a person may release it.`;
    assert.deepEqual([verdict.verdict, told], ['hold', [held('"a"', 'app/nowhere'), held('"b", "c", "e"', 'none', 'exist'), held('"d"', 'app/d.tgz')]]);
  });

  test('a folder that the base or the change has passes', () => {
    const files = { 'app/package.json': manifest({ dependencies: { a: 'file:../there', b: 'link:./new', c: 'file:./c.tgz' } }), 'app/new/package.json': manifest({}), 'app/pyproject.toml': '[tool.poetry.dependencies]\nd = {path = "../there"}\n' };
    const { verdict, told } = judgedPackages({ files, base: { there: '', 'app/c.tgz': '' } });
    assert.deepEqual([verdict.verdict, told], ['pass', []]);
  });

  test('attack: a folder outside of the repository is held', () => {
    const { verdict, told } = judgedPackages({ files: { 'package.json': manifest({ dependencies: { a: 'file:../../etc', b: 'link:~/b' } }) } });
    assert.deepEqual([verdict.verdict, told], ['hold', ['not_checkable: Cannot tell whether "a", "b" exist: it lies outside of the repository. It is held: a person may release it.']]);
  });

  test('are not told of while it is not known what the base has, or which members there are', () => {
    const files = { 'package.json': manifest({ dependencies: { a: 'file:./a' } }) };
    assert.equal(judgedPackages({ files, world: { unavailable: (request) => request.kind === 'file-at' && request.path === 'a' } }).verdict.verdict, 'inconclusive');
    assert.equal(judgedPackages({ files: { 'package.json': manifest({ dependencies: { a: 'workspace:*' } }) }, world: { imports: () => ({ kind: 'undecided', why: 'too many files', own: null }) } }).verdict.verdict, 'hold');
  });

  test('attack: a package of the registry is asked for though its name stands for a folder, too', () => {
    const { asked } = judgedPackages({ files: { 'package.json': manifest({ dependencies: { evil: '^1' }, peerDependencies: { evil: 'workspace:*' } }) }, world: withMembers({ name: 'evil', version: '0.1.0' }) });
    assert.deepEqual(asked, ['npm:evil ^1']);
    const packages = { 'node_modules/evil': { resolved: 'packages/evil', link: true }, 'node_modules/x/node_modules/evil': { version: '1.0.0', resolved: 'https://registry.example/evil/-/evil-1.0.0.tgz', integrity } };
    assert.deepEqual(judgedPackages({ files: { 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages }) } }).asked, ['npm:evil 1.0.0 <https://registry.example>']);
  });

  test('a link of both forms of a lock file is asked of nobody', () => {
    const text = JSON.stringify({ lockfileVersion: 2, packages: { 'node_modules/me': { resolved: 'packages/me', link: true }, 'packages/me': { version: '1.0.0' } }, dependencies: { me: { version: 'file:packages/me' } } });
    assert.deepEqual(judgedPackages({ files: { 'package-lock.json': text } }).asked, []);
  });

  test('attack: of Python, a folder that is not there, a member that the lock file does not know, and the second name of a project pass nothing', () => {
    const text = '[project]\nname = "me"\ndependencies = ["ghost", "me[all]"]\n[tool.uv.sources]\nghost = { workspace = true }\n[tool.poetry]\nname = "evil"\n[tool.poetry.dependencies]\nevil = "1"\nlost = { path = "../nowhere" }\n';
    const { told, asked } = judgedPackages({ files: { 'app/pyproject.toml': text }, packages: { 'pypi:evil': { kind: 'exists' } } });
    assert.deepEqual(asked, ['pypi:evil 1']);
    assert.deepEqual(told, ['not_checkable: Cannot tell whether "ghost" exists: it is to be a member of the workspace, and no lock file of this change knows it as one. It is held: a person may release it.', 'not_checkable: Cannot tell whether "lost" exists: nothing stands at "nowhere" once this is merged. It is held: a person may release it.']);
  });

  test('a member that the lock file of the change knows passes', () => {
    const files = { 'pyproject.toml': '[project]\nname = "me"\ndependencies = ["mine"]\n[tool.uv.sources]\nmine = { workspace = true }\n', 'uv.lock': 'version = 1\n[[package]]\nname = "mine"\nversion = "0.1"\nsource = { editable = "packages/mine" }\n' };
    assert.deepEqual(judgedPackages({ files }).told, []);
  });
});

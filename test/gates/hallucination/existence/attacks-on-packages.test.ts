import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PackageAnswer } from '../../../../src/domain/probe-answer.ts';
import { judgedPackages } from './judged-packages.ts';

const manifest = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ name: 'shop', dependencies });
const integrity = `sha512-${'a'.repeat(86)}==`;
const exists: PackageAnswer = { kind: 'exists' };
const declaring = (...dependencies: readonly string[]) => ({ references: { dependencies } });

suite('attacks: packages that evidence names', () => {
  test('attack: what a lock file knew as a part of another package, and the manifest now asks for, has to be declared', () => {
    const lock = (root: object): string => JSON.stringify({ lockfileVersion: 3, packages: { '': root, 'node_modules/a': { version: '1.0.0', integrity } } });
    const files = { 'package.json': [manifest({}), manifest({ a: '1' })], 'package-lock.json': [lock({}), lock({ dependencies: { a: '1' } })] } as const;
    const { verdict } = judgedPackages({ files, packages: { 'npm:a': exists }, document: {} });
    assert.deepEqual(verdict.verification?.references.undeclared, ['pkg:npm/a']);
  });

  test('attack: a version that nobody has is looked up though the change adds another one', () => {
    const { verdict, asked } = judgedPackages({ files: { 'package.json': manifest({ a: '^1' }) }, packages: { 'npm:a': exists }, document: declaring('pkg:npm/a@99.0.0', 'pkg:npm/a', 'pkg:npm/a@1.0.0', 'pkg:npm/a@1.0.0') });
    assert.deepEqual([verdict.verification?.references.undeclared, asked], [[], ['npm:a ^1', 'npm:a 99.0.0', 'npm:a 1.0.0']]);
  });

  test('attack: a name of an index that settings in a folder of the change name goes with that index, though no manifest has it', () => {
    const npm = judgedPackages({ files: { 'packages/app/src/x.ts': 'x' }, base: { 'packages/app/.npmrc': '@acme:registry=https://npm.acme.example/\n' }, document: declaring('pkg:npm/%40acme/secret') });
    assert.deepEqual(npm.asked, ['npm:@acme/secret - <https://npm.acme.example/>']);
    const pypi = judgedPackages({ files: { 'services/api/x.py': 'x', 'README.md': 'x' }, base: { 'services/pip.conf': '[global]\nindex-url = https://pypi.acme.example/simple\n' }, document: declaring('pkg:pypi/acme-secret') });
    assert.deepEqual(pypi.asked, ['pypi:acme-secret - <https://pypi.acme.example/simple>']);
  });

  test('attack: a file of packages that requirements newly take in, and that nobody reads, is held', () => {
    const { verdict, told } = judgedPackages({ files: { 'requirements.txt': ['-r requirements-dev.txt\n-r old.list\n', '-r requirements-dev.txt\n-r old.list\n-r ./more.list\n'], 'more.list': 'invented\n' } });
    assert.deepEqual([verdict.verdict, told], ['hold', ['not_checkable: Cannot tell which packages "requirements.txt" names: it takes some from "more.list", which is no manifest by its name. It is held: a person may release it.']]);
  });

  test('attack: packages in files that nothing here reads are held', () => {
    for (const path of ['setup.py', 'environment.yml', 'app/conda.yaml', 'deno.jsonc', 'jsr.json', 'shop.gemspec', 'gradle/libs.versions.toml', 'build.sbt', 'Podfile', 'vcpkg.json', 'conanfile.txt', 'shop.cabal']) {
      const { verdict, told } = judgedPackages({ files: { [path]: 'invented' } });
      assert.deepEqual([path, verdict.verdict, told.length], [path, 'hold', 1]);
    }
  });
});

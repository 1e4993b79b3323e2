import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import type { Derived } from '../../../../src/gates/governance/deriver.ts';
import { deriveWith } from '../derive-with.ts';
import { workedWithin } from '../worked-within.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
/** As much of a text as a file may have; a thirty-second part shows as well that the work does not grow with the square of it. */
const filledBytes = (isLong ? 1024 : 32) * 1024;
/** Packages of one manifest, and versions of one package. */
const [packages, versions] = isLong ? [40_000, 20_000] : [10_000, 5_000];

function withinSeconds(path: string, head: string, base: string | null = null): Derived {
  return workedWithin(() => deriveWith(dependencyDeriver, { files: [{ path, base, head }] }));
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('');
}

function filled(piece: string): string {
  return piece.repeat(Math.floor((filledBytes - 100) / piece.length));
}

test(`an attack by ${packages} packages is told in a hundred and one actions, in time`, () => {
  const { actions } = withinSeconds('package.json', `{"dependencies": {${lines(packages, (index) => `${index === 0 ? '' : ','}"a${index}":"^1.0.0"`)}}}`);
  assert.equal(actions.length, 101);
});

test(`an attack by ${versions} versions of one package on both sides is judged in time`, () => {
  const lock = (from: number) => lines(versions, (index) => `a@${from + index}:\n  version "${from + index}.0.0"\n`);
  withinSeconds('yarn.lock', lock(versions), lock(1));
});

test('an attack by overrides that nest 100,000 levels deep is judged in time', () => {
  withinSeconds('package.json', `{"overrides": ${'{"a":'.repeat(100_000)}"npm:evil@1"${'}'.repeat(100_000)}}`);
});

test('an attack by 3,000 packages that share 3,000 lists of files is judged in time', () => {
  const { actions } = withinSeconds('poetry.lock', `${lines(3_000, () => '[[package]]\nname = "a"\nversion = "1"\n')}[metadata.files]\n${lines(3_000, (index) => `"a${'-'.repeat((index % 60) + 1)}${'_'.repeat(Math.floor(index / 60) + 1)}b" = [{}]\n`)}a = [{file = "a-1.tar.gz"}]\n`);
  assert.deepEqual(actions.map(({ evidence }) => evidence['unread']), ['it has files that more than 20 packages share']);
});

test('an attack by overrides of which each stands for another package is judged in time', () => {
  withinSeconds('package.json', JSON.stringify({ dependencies: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, '1'])), overrides: Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`b${index}`, `$a${index}`])) }));
});

test('an attack by a lock file of the first form that nests 20,000 levels deep is judged in time', () => {
  withinSeconds('package-lock.json', `${'{"dependencies":{"a":'.repeat(20_000)}{}${'}}'.repeat(20_000)}`);
});

test('an attack by the keys of a prototype names packages and changes nothing', () => {
  const { actions } = withinSeconds('package.json', '{"__proto__": {"dependencies": {"b": "1"}}, "dependencies": {"__proto__": "1", "constructor": "2", "toString": "3"}}');
  assert.deepEqual(actions.map(({ subject }) => subject.package), ['npm:__proto__', 'npm:constructor', 'npm:toString']);
  assert.equal(Object.hasOwn(Object.prototype, 'dependencies'), false);
  const toml = withinSeconds('pyproject.toml', '[__proto__.project]\ndependencies = ["a"]\n[tool.poetry.dependencies]\n__proto__ = "1"\n');
  assert.deepEqual(toml.actions.map(({ subject }) => subject.package), ['pypi:-proto-']);
});

for (const [path, piece] of [
  ['deps.txt', 'a '], ['deps.txt', 'a==1,\n'], ['deps.txt', 'a==1!'], ['words.txt', 'a\n'], ['yarn.lock', '"a", '], ['yarn.lock', 'a, b:\n'],
  ['requirements.txt', 'a '], ['requirements.txt', ' #\u2028'], ['requirements.txt', 'a\\\n'], ['requirements.txt', 'a==1\n'], ['requirements.txt', '[a'], ['requirements.txt', '--hash='], ['requirements.txt', 'a --hash=b '], ['requirements.txt', '-r a/../'], ['requirements.txt', '-r a.lst\n'], ['requirements.txt', '//'], ['requirements.txt', '\\'], ['requirements.txt', '\\a'], ['requirements.txt', '#\\\n'], ['requirements.txt', '--pre '], ['requirements.txt', '-r a '], ['requirements.txt', '-e.\n'],
  ['pyproject.toml', '[a]\n'], ['pyproject.toml', 'a.'], ['pyproject.toml', '[[a.b]]\n'], ['pyproject.toml', '[['], ['Pipfile', '"'], ['uv.lock', '[[package]]\n'],
  ['yarn.lock', 'a:\n'], ['yarn.lock', '@'], ['yarn.lock', 'a, '], ['pnpm-lock.yaml', 'packages:\n'], ['pnpm-lock.yaml', 'a'], ['setup.cfg', 'a '], ['setup.cfg', '[options]\n'], ['pnpm-workspace.yaml', 'a: &a [*a]\n'], ['setup.cfg', 'a=\n b\n'], ['package.yaml', 'a: &a [*a]\n'], ['hatch.toml', '[envs.a]\n'], ['hatch.toml', '[[envs.a]]\n'],
] as const) {
  test(`an attack by ${filledBytes} bytes of ${JSON.stringify(piece)} as ${path} is judged in time`, () => {
    withinSeconds(path, filled(piece));
  });
}

for (const [path, before, piece, after] of [
  ['package.json', '{"dependencies": {"a": "', '1 || ', '1"}}'], ['package.json', '{"dependencies": {"a": "', 'npm:', '"}}'], ['package.json', '{"dependencies": {"a": "patch:', 'a@npm%3A1#', '"}}'], ['deps.txt', 'a==', ' ', '1'], ['deps.txt', 'a', '==1,', ''], ['yarn.lock', 'a:\n  conditions: ', 'a=b & ', '\n'], ['yarn.lock', 'a:\n  conditions: ', '(', '\n'], ['yarn.lock', 'a:\n  resolution: "a@patch:a@npm%3A1', '#', '"\n'], ['pnpm-lock.yaml', 'packages:\n  a@1:\n    resolution: {', 'a', ': b}\n'], ['package.json', '{"overrides": {"', 'a', '/": "1"}}'], ['package.json', '{"overrides": {"', '>a@', '": "1"}}'],
  ['pyproject.toml', 'project.dependencies = ["a ', ' #', '\\n"]'], ['pyproject.toml', 'project.dependencies = ["a; ', '(', '!"]'], ['pyproject.toml', "project.dependencies = [\"a; '", 'a ', '"]'], ['pyproject.toml', 'project.dependencies = ["a[', 'b,', ']"]'], ['requirements.txt', './', 'a/', '!'], ['requirements.txt', './a[', 'a,', '] ;'], ['Pipfile', '[packages]\na = {path = "', './', '!"}\n'], ['Pipfile', '[packages]\na = {', 'a = 1, ', 'b = 1}\n'],
  ['Pipfile.lock', '{"default": {"a": {"markers": "', "'a' ", '!"}}}'], ['Pipfile.lock', '{"default": {"a": {"path": "', 'a/', '!"}}}'], ['package-lock.json', '{"packages": {"node_modules/a": {"integrity": "', 'sha512-a ', '"}}}'], ['yarn.lock', 'a:\n  resolution: "', 'a@patch:', '"\n'], ['poetry.lock', '[metadata.files]\n', '"a b" = []\n', ''],
  ['pyproject.toml', 'project.dependencies = ["', 'a', '"]'], ['pyproject.toml', 'project.dependencies = ["a', '[', '"]'], ['pyproject.toml', 'project.dependencies = ["a', ' ', '"]'], ['pyproject.toml', 'project.dependencies = ["a', '>=1,', '"]'],
  ['pnpm-lock.yaml', 'packages:\n  ', 'a@', ':\n'], ['pnpm-lock.yaml', "packages:\n  '", ':', "\n"], ['setup.cfg', '[options]\ninstall_requires', ' ', '\n'], ['requirements.txt', '-e ', ' ', ''], ['requirements.txt', '-r ', '""', ''], ['requirements.txt', '-r "', "'", ''], ['requirements.txt', '-r ', 'a', ''], ['requirements.txt', '--', 'r', ''], ['requirements.txt', '-e . ;', ' a', ''], ['yarn.lock', 'a:\n  version', ' ', '\n'], ['yarn.lock', 'a:\n  resolution: "a@npm:', '::&', '"\n'], ['yarn.lock', 'a:\n  resolved "https://h.example.test/', 'a/', '"\n'], ['pnpm-lock.yaml', 'packages:\n  a@1:\n    resolution: {', 'tarball: a, ', '}\n'], ['pnpm-lock.yaml', 'packages:\n  a@1:\n    resolution: {commit', ' ', '}\n'], ['uv.lock', '[[package]]\nname = "a"\nwheels = [', '{url = "a/a-1"}, ', ']\n'], ['uv.lock', '[[package]]\nname = "a"\nsdist = {url = "', '/00', '/a-1"}\n'],
  ['package.json', '{"packageManager": "a@', '+sha1', '"}'], ['package.json', '{"packageManager": "', 'a', '"}'], ['hatch.toml', '[', 'a.', 'a]\ndependencies = ["b"]\n'], ['hatch.toml', 'a.dependencies = ', '[', ']'], ['hatch.toml', 'dependencies = [', '{a=[]},', ']'], ['setup.cfg', '[options]\ninstall_requires=file:', ',', '\n'], ['setup.cfg', '[options]\ninstall_requires=', 'a;', '\n'], ['hatch.toml', '[', 'a-', 'x]\n'],
] as const) {
  test(`an attack by ${filledBytes} bytes of ${JSON.stringify(piece)} within ${path} after ${JSON.stringify(before.slice(-12))} is judged in time`, () => {
    withinSeconds(path, `${before}${filled(piece)}${after}`);
  });
}

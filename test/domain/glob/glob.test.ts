import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import picomatch from 'picomatch';
import { compileGlob, globOfPath } from '../../../src/domain/glob/glob.ts';
import { globProblem } from '../../../src/domain/glob/glob-problem.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 300;

const cases: readonly (readonly [glob: string, matching: readonly string[], other: readonly string[]])[] = [
  ['contracts/**/*.{yaml,yml,json}', ['contracts/a.yaml', 'contracts/x/y/z.json', 'contracts/.hidden/.a.yml'], ['a.yaml', 'contracts/a.txt', 'xcontracts/a.yaml']],
  ['**', ['a', 'a/b/c', '.github/plumbline.yml'], []],
  ['*', ['a', '.a'], ['a/b']],
  ['.github/plumbline.yml', ['.github/plumbline.yml'], ['.github/plumblineXyml', '.GITHUB/plumbline.yml']],
  ['release/[0-9].?', ['release/1.x'], ['release/10.x', 'release/a.x', 'release/1.xy']],
  ['[!a-c]*', ['d', 'dz'], ['a', 'bz']],
  ['a/**/b/**/c', ['a/b/c', 'a/x/b/y/z/c', 'a/b/b/c'], ['a/c', 'a/b/x']],
  [String.raw`a\*b`, ['a*b'], ['axb']],
  ['app/(auth)/page.tsx', ['app/(auth)/page.tsx'], ['app/auth/page.tsx']],
  ['{a,b/{c,d}}/*', ['a/x', 'b/c/x', 'b/d/x'], ['b/x', 'c/x']],
];

for (const [glob, matching, other] of cases) {
  test(`the glob ${glob} matches what it names and nothing else`, () => {
    const compiled = compileGlob(glob);
    assert.equal(globProblem(glob), null);
    assert.deepEqual(matching.filter((path) => !compiled.matches(path)), []);
    assert.deepEqual(other.filter((path) => compiled.matches(path)), []);
  });
}

test('a glob without character sets matches the same paths as picomatch does', () => {
  const segment = fc.stringMatching(/^[ab.]{1,4}$/);
  const path = fc.array(segment.filter((part) => !/^\.{1,2}$/.test(part)), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const part = fc.oneof(fc.stringMatching(/^[ab*?.]{1,4}$/), fc.constantFrom('**', '*', '{a,b*}', '*.{a,b}', 'a*b'));
  const glob = fc
    .array(part, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'))
    .filter((text) => globProblem(text) === null && !/\*\*[^/]|[^/]\*\*|\/\*\*$/.test(text));
  fc.assert(
    fc.property(glob, path, (pattern, name) => {
      assert.equal(compileGlob(pattern).matches(name), picomatch.isMatch(name, pattern, { dot: true }), `${pattern} on ${name}`);
    }),
    { seed: 7, numRuns },
  );
});

test('a glob of a path matches that path alone, whatever it contains', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a*?{},[\]!\\/]{1,12}$/), (path) => {
      const compiled = compileGlob(globOfPath(path));
      assert.equal(compiled.matches(path), true);
      assert.equal(compiled.matches(`${path}x`), false);
    }),
    { seed: 7, numRuns },
  );
});

test('a pattern made to backtrack ends at once on a path made for it', () => {
  const started = performance.now();
  for (const glob of ['**/*a*a*a*a*a*b/**/*a*a*a*b', '**/a/**/a/**/a/**/a/**/b', `${'*a'.repeat(100)}b`]) {
    assert.equal(globProblem(glob), null);
    assert.equal(compileGlob(glob).matches('a/'.repeat(2_000) + 'a'.repeat(4_000)), false);
  }
  assert.ok(performance.now() - started < 2_000);
});

const refused = ['', '!a', '/a', 'a//b', 'a/', '../a', './a', '@(a|b)', '+(a)', '{1..9}', '[a', '[]', '[[:alpha:]]', '{a', 'a}', 'a\\', 'a\u0000', 'x'.repeat(257), '{a,b}'.repeat(7)];

for (const glob of refused) {
  test(`the pattern ${JSON.stringify(glob.slice(0, 20))} is refused`, () => {
    assert.notEqual(globProblem(glob), null);
  });
}

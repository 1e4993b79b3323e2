import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limits } from '../../../../src/domain/limits.ts';
import { dependencyDeriver } from '../../../../src/gates/governance/dependencies/dependency-deriver.ts';
import { aSide } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { deriveWith } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

function derive(files: Deriving['files'], world: World = {}) {
  return deriveWith(dependencyDeriver, { files, world });
}

function told(path: string, base: string | null, head: string): readonly string[] {
  return derive([{ path, base, head }]).actions.map(({ action, tier, subject, evidence }) => `${action} ${tier} ${subject.package ?? (evidence['unread'] === undefined ? '' : 'unread')}`);
}

const added = ['dependency.add 2 pypi:evil'];

for (const path of ['deps.txt', 'deps/base.txt', 'a/words.txt', 'more.lst', 'more.list', 'more.in', 'py.deps', 'x.reqs', 'DEPS']) {
  test(`attack: a package that is added to ${path}, which a manifest may take packages from, is told though no manifest changes`, () => {
    assert.deepEqual(told(path, 'a==1.0\n', 'a==1.0\nevil\n'), added);
    assert.deepEqual(told(path, '# why\na\n', 'a\nevil>=1,<2 ; python_version > "3"\n'), added);
    assert.deepEqual(told(path, '', 'evil==1\n'), added);
    assert.deepEqual(told(path, null, '-c base.txt\nevil[x]\n').filter((one) => one !== 'dependency.add 2 '), added);
  });
}

test('attack: a comma behind the last range, which pip passes over, hides no list', () => {
  for (const [base, head] of [['x>=1,\n', 'x>=1,\nevil==1\n'], ['x>=1\n', 'x>=1,\nevil==1\n']] as const) assert.deepEqual(told('pins.txt', base, head), added);
});

test('attack: a list of bare names is one where its path says so', () => {
  assert.deepEqual(told('deps.txt', 'a\n', 'a\nevil\n'), added);
  assert.deepEqual(told('dependencies/base.txt', 'a\n', 'a\nevil\n'), added);
});

test('attack: a list of requirements that can not be read any more may name any package', () => {
  for (const head of ['a==1.0\n--unknown\n', `a==1.0\n#${' '.repeat(limits.fileBytes)}\n`, '#coding: utf-7\na==1.0\n']) assert.deepEqual(told('words.txt', 'a==1.0\n', head), ['dependency.add 2 unread']);
  assert.deepEqual(derive([{ path: 'words.txt', base: 'a==1.0\n', head: aSide('elsewhere', '120000') }]).actions.map(({ evidence }) => evidence['unread']), ['it is a symbolic link']);
});

test('a list whose content is not known leaves the change open', () => {
  const { actions, findings } = derive([{ path: 'words.txt', base: 'a\n', head: 'b\n' }], { unavailable: () => true });
  assert.deepEqual([actions, findings.map(({ code }) => code)], [[], ['snapshot/unreadable', 'snapshot/unreadable']]);
});

test('a text that is no list of requirements is no action', () => {
  for (const [path, text] of [
    ['notes.txt', 'All of this is prose.\n'], ['deps/README.txt', 'These are needed: a, b.\nOthers are not.\n'], ['words.txt', 'apple\npear\n'], ['robots.txt', 'User-agent: *\nDisallow: /\n'], ['CMakeLists.txt', 'cmake_minimum_required(VERSION 3.5)\nproject(a)\n'], ['MANIFEST.in', 'include LICENSE\ngraft src\n'],
    ['urls.txt', 'https://example.test/a\n'], ['changes.txt', '- first\n- second\n'], ['LICENSE', 'MIT'], ['config.h.in', '#define A @A@\n'], ['version.txt', '1.2.3\n'], ['empty.txt', ''], ['large.txt', 'word\n'.repeat(limits.fileBytes)], ['node_modules/a/deps.txt', 'a==1\n'],
  ] as const) assert.deepEqual(told(path, text.split('\n', 1).join(''), text), [], path);
});

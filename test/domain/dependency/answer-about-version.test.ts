import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerAboutVersion } from '../../../src/domain/dependency/answer-about-version.ts';
import type { PackageRecord } from '../../../src/domain/dependency/package-record.ts';
import { pythonVersion } from '../../../src/domain/dependency/python-version.ts';

function published(...versions: readonly string[]): PackageRecord {
  return { kind: 'published', versions: new Set(versions.flatMap((version) => pythonVersion(version) ?? [])), tags: new Set(), withdrawn: new Map(), isWhole: true };
}

const kindOf = (wanted: string, record = published('1.0', '2.31.0', '2.32rc1')): string => answerAboutVersion(record, 'pypi', wanted).kind;

test('attack: a range of Python that begins above all that was ever published has no version', () => {
  for (const wanted of ['>=99', '>=2.33', '~=3.0', '>2.40', '>= 2.32.1', '>=1.0,>=9', '^3.1', '~3.1', '>=1!1.0', '==9.*,>=9', '!=1.0,>=99']) assert.deepEqual([wanted, kindOf(wanted)], [wanted, 'missing']);
});

test('a range of Python that some program may find a version for exists', () => {
  for (const wanted of ['>=1.0', '>=2.31', '>=2.32', '~=2.31.0', '<99', '!=99', '^1 || ^99', '>=2.32.0.0', '*', '', '<=99', '>99 | <2', 'whatever']) assert.deepEqual([wanted, kindOf(wanted)], [wanted, 'exists']);
  assert.equal(kindOf('>=99', published('2024.1', '1!1.0')), 'exists');
});

test('of a record that is not whole no range is told to be missing', () => {
  const record: PackageRecord = { kind: 'published', versions: new Set(['0!1']), tags: new Set(), withdrawn: new Map(), isWhole: false };
  assert.equal(kindOf('>=99', record), 'exists');
});

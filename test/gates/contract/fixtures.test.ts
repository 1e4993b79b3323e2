import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingRules, isFindingCode } from '../../../src/domain/finding-code.ts';
import { gateOfCode } from '../../../src/domain/gate-name.ts';
import { judgeChange, told } from './a-change.ts';
import { fixtureFiles, gateFixtures } from './gate-fixtures.ts';

/** Told by the change gate, with the schemas that a change touches. */
const judgedElsewhere = new Set(['schema/invalid']);

const codes = Object.keys(findingRules).filter((code) => isFindingCode(code) && gateOfCode(code) === 'contracts' && !judgedElsewhere.has(code));

test('every code of the contracts gate has a bad change and its good twin, in a file of its name', () => {
  assert.deepEqual(gateFixtures.map(({ code }) => code).toSorted(), codes.toSorted());
  assert.deepEqual(fixtureFiles, gateFixtures.map(({ code }) => `${code.replaceAll(/[/_]/g, '-')}.ts`));
});

for (const { code, bad, told: expected, good } of gateFixtures) {
  test(`${code} is reported for its bad change alone, where it stands, and never for the good twin`, () => {
    assert.deepEqual(told(judgeChange(bad)), [expected]);
    assert.match(expected, new RegExp(` ${code} `));
    const twin = judgeChange(good);
    assert.deepEqual([twin.verdict, twin.findings.filter((one) => one.code === code)], ['pass', []]);
  });
}

test('every finding of the bad changes says what was found, what was expected, and one next step', () => {
  for (const { bad } of gateFixtures) for (const { found, expected, next, code } of judgeChange(bad).findings) assert.ok([found, expected, next].every((words) => words !== null && words.length > 3), code);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOtherMajor, versionSpan } from '../../../../src/gates/governance/dependencies/version-span.ts';
import type { Ecosystem } from '../../../../src/domain/dependency/dependency-file.ts';

type Pair = readonly [ecosystem: Ecosystem, from: string, to: string];

const others: readonly Pair[] = [
  ['npm', '^1.0.0', '^2.0.0'], ['npm', '1.9.9', '2.0.0'], ['npm', '^2.0.0', '^1.0.0'], ['npm', '^0.1.0', '^0.2.0'], ['npm', '~0.1.0', '0.2.0'], ['npm', '^0.9.0', '^1.0.0'],
  ['npm', '^1.0.0', '>=1.0.0'], ['npm', '^1.0.0', '*'], ['npm', '^1.0.0', 'latest'], ['npm', '1', '1 || 2'], ['npm', '1.x', '1.x - 2.x'], ['npm', '>=1', '>=2'], ['npm', '^1.0.0', ''], ['npm', '^1.0.0', '^1.0.0 || 2.0.0-rc.1'],
  ['npm', '^1.0.0', `^1.0.0 ${'|| ^1.0.0 '.repeat(100)}`],
  ['pypi', '==1.0', '==2.0'], ['pypi', '~=1.4', '~=2.0'], ['pypi', '>=1,<2', '>=1,<3'], ['pypi', '>=1,<2', '>=1'], ['pypi', '==0.1', '==0.2'], ['pypi', '~=0.4.1', '~=0.4'], ['pypi', '^1.2', '^2'], ['pypi', '==1.0', '==1!1.0'], ['pypi', '>=1', ''], ['pypi', '1.2.3', '2.0.0'], ['pypi', '==2.1', '==1.9'],
];

const same: readonly Pair[] = [
  ['npm', '^1.0.0', '^1.9.0'], ['npm', '^1.0.0', '~1.2.0'], ['npm', '1.0.0', 'v1.0.1'], ['npm', '*', '^5.0.0'], ['npm', 'latest', '^5.0.0'], ['npm', '^0.1.0', '^0.1.9'], ['npm', '>=1 <2', '^1.0.0'], ['npm', '1 || 2', '1 || 2.1'], ['npm', '>=1', '>=1.5'], ['npm', '1.0.0-rc.1', '1.0.0'],
  ['pypi', '>=1,<2', '==1.5'], ['pypi', '==1.5', '>=1.5,<2'], ['pypi', '~=1.4', '~=1.9'], ['pypi', '>=1.2', '>=1.3'], ['pypi', '', '==5'], ['pypi', '==1.*', '==1.7'], ['pypi', '>=0.4,<0.5', '==0.4.9'], ['pypi', '<1', '==0.9'], ['pypi', '>=1,!=1.5', '>=1'], ['pypi', '^1.2', '1.9.0'], ['pypi', '===1.0', '==1.0.1'],
];

for (const [ecosystem, from, to] of others) {
  test(`${ecosystem}: ${JSON.stringify(to.slice(0, 40))} may be another major version than ${JSON.stringify(from)}`, () => {
    assert.equal(isOtherMajor(versionSpan(from, ecosystem), versionSpan(to, ecosystem)), true);
  });
}

for (const [ecosystem, from, to] of same) {
  test(`${ecosystem}: ${JSON.stringify(to)} is no other major version than ${JSON.stringify(from)}`, () => {
    assert.equal(isOtherMajor(versionSpan(from, ecosystem), versionSpan(to, ecosystem)), false);
  });
}

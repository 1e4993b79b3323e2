import assert from 'node:assert/strict';
import { test } from 'node:test';
import { finding } from '../../../src/domain/finding.ts';
import type { ConfigurationState } from '../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { changeGate } from '../../../src/gates/change/change-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';

const path = '.github/plumbline.yml';
const valid = 'version: 1\ncontracts: [{name: a, paths: ["contracts/**"], schema: s.json}]\nwaivers: [w.yaml]\n';

function judge(files: readonly FileInput[], configuration: Partial<ConfigurationState>): Verdict {
  const contents = files.flatMap(({ head }) => (typeof head === 'string' ? [head] : []));
  return judgeWith(changeGate, aSnapshot({ files: files.map((file) => aFile(file)), configuration }), { contents });
}

function codesOf(verdict: Verdict): readonly string[] {
  return verdict.findings.map(({ code, severity }) => `${code} ${severity}`);
}

const invalidBase = (severity: 'deny' | 'notice') => finding({ code: 'config/base_invalid', severity, path, message: 'm', next: 'n', subject: 'acme/shop' });
const unusable: Partial<ConfigurationState> = { kind: 'unusable', findings: [invalidBase('deny')], repairs: [path] };
const stale: Partial<ConfigurationState> = { findings: [invalidBase('notice')], repairs: [path] };
const missing: Partial<ConfigurationState> = { kind: 'none', effective: null, requiredByBranch: true };

const broken = { path, base: 'version: 1\nx: 1\n', roles: ['own'] } as const;
const other = { path: 'README.md', base: 'a', head: 'b', roles: [] } as const;

test('where no valid configuration exists every change is denied', () => {
  assert.deepEqual(codesOf(judge([other], unusable)), ['config/base_invalid deny']);
  assert.deepEqual(codesOf(judge([], unusable)), ['config/base_invalid deny']);
});

test('a change that only repairs the configuration is held instead', () => {
  assert.deepEqual(codesOf(judge([{ ...broken, head: valid }], unusable)), ['config/base_invalid notice', 'config/repair hold']);
  assert.deepEqual(codesOf(judge([{ ...broken, head: valid }], stale)), ['config/base_invalid notice', 'config/repair hold']);
});

test('a configuration that vanished is repaired by adding it again', () => {
  assert.deepEqual(codesOf(judge([{ path, head: valid, roles: ['own'] }], stale)), ['config/base_invalid notice', 'config/repair hold']);
});

test('a repair takes away the directory that stands in place of the configuration', () => {
  const within = { path: `${path}/x`, base: '1', head: null, roles: [] } as const;
  assert.deepEqual(codesOf(judge([{ path, head: valid, roles: ['own'] }, within], unusable)), ['config/base_invalid notice', 'config/repair hold']);
});

test('the attack: taking the directory away without a valid configuration, or with more than it holds, is denied', () => {
  const within = { path: `${path}/x`, base: '1', head: null, roles: [] } as const;
  const mended = { path, head: valid, roles: ['own'] } as const;
  assert.equal(judge([within], unusable).verdict, 'fail');
  assert.equal(judge([mended, within, { path: `${path}l`, base: '1', head: null, roles: [] }], unusable).verdict, 'fail');
  assert.equal(judge([mended, { path: 'README.md', base: 'a', head: null, roles: [] }], unusable).verdict, 'fail');
});

test('the attack: a repair that brings something else along is denied', () => {
  assert.equal(judge([{ ...broken, head: valid }, other], unusable).verdict, 'fail');
});

test('a repair that is not valid itself is denied', () => {
  assert.deepEqual(codesOf(judge([{ ...broken, head: 'version: 1\ny: 1\n' }], unusable)), ['config/base_invalid deny', 'config/invalid deny']);
  assert.equal(judge([{ ...broken, head: null }], unusable).verdict, 'fail');
});

test('the attack: a repair that loosens the organisation is denied', () => {
  const verdict = judge([{ ...broken, head: 'version: 1\nrules: {"*": observe}\n' }], { ...unusable, organizationText: 'version: 1\n' });
  assert.ok(codesOf(verdict).includes('config/ratchet deny'));
});

test('a repair does not lift what is wrong with the organisation', () => {
  const unreadable = finding({ code: 'config/unreadable', path: 'plumbline.yml', message: 'm', next: 'n' });
  assert.equal(judge([{ ...broken, head: valid }], { ...unusable, findings: [unreadable, invalidBase('deny')] }).verdict, 'inconclusive');
});

test('a configuration that the branch requires and nobody wrote denies every change', () => {
  assert.deepEqual(codesOf(judge([other], missing)), ['config/missing deny']);
});

test('a change that only adds a valid first configuration and files it names is held', () => {
  const files: FileInput[] = [{ path, head: valid, roles: [] }, { path: 's.json', head: '{}', roles: [] }, { path: 'w.yaml', head: 'version: 1\nwaivers: []\n', roles: [] }];
  assert.deepEqual(codesOf(judge(files, missing)), ['config/missing hold']);
});

test('a first configuration that brings something else along is denied', () => {
  assert.deepEqual(codesOf(judge([{ path, head: valid, roles: [] }, { path: 'src/a.ts', head: 'x', roles: [] }], missing)), ['config/missing deny']);
  assert.deepEqual(codesOf(judge([{ path, head: valid, roles: [] }, other], missing)), ['config/missing deny']);
});

test('a first configuration that is invalid, or names a file that is, is denied', () => {
  assert.deepEqual(codesOf(judge([{ path, head: 'version: 2\n', roles: [] }], missing)), ['config/missing deny', 'config/invalid deny']);
  assert.deepEqual(codesOf(judge([{ path, head: valid, roles: [] }, { path: 'w.yaml', head: '[', roles: [] }], missing)), ['config/missing deny', 'config/invalid deny']);
});

test('a first configuration that nothing requires is only looked at', () => {
  const verdict = judge([{ path, head: valid, roles: [] }], { ...missing, requiredByBranch: null });
  assert.deepEqual([verdict.verdict, codesOf(verdict), verdict.covered], ['pass', [], [path]]);
});

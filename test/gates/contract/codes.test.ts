import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import type { SchemaViolation, ValidationAnswer } from '../../../src/domain/probe-answer.ts';
import { limits } from '../../../src/domain/limits.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aContractSet, plainFields } from '../../builders/a-configuration.ts';
import { aSide } from '../../builders/content.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const other = 'contracts/other.yaml';
const v1 = aContract();
const next = { version: '1.1.0', previous: hashOf() } as const;
const v2 = aContract(next);
const draft = aContract({ lifecycle: 'draft' });
const versioned = { configured: { contracts: [aContractSet({ layout: 'versioned' })] } } as const;
const halted = { halted: true } as const;

type Case = readonly [title: string, change: ChangeInput, told: readonly string[]];

const cases: readonly Case[] = [
  // What can be read
  ['a file that is no YAML', { files: { [path]: { head: 'a: 1\n b: 2\n' } } }, ['deny contract/unparsable contracts/checkout.yaml:1']],
  ['duplicate keys', { files: { [path]: { head: `${v1}spec: 2\n` } } }, ['deny contract/unparsable contracts/checkout.yaml:6']],
  ['a contract without an id, even when its schema is satisfied', { files: { [path]: { head: 'contractVersion: 1.0.0\nlifecycle: active\n' } } }, ['deny contract/unparsable contracts/checkout.yaml:1']],
  ['a version that is none', { files: { [path]: { head: aContract({ version: '1.0' }) } } }, ['deny contract/unparsable contracts/checkout.yaml:2']],
  ['an id with a hidden character', { files: { [path]: { head: aContract({ id: 'check\u200bout' }) } } }, ['deny contract/unparsable contracts/checkout.yaml:1']],
  ['an id that is not in NFC', { files: { [path]: { head: aContract({ id: 'caf\u0065\u0301' }) } } }, ['deny contract/unparsable contracts/checkout.yaml:1']],
  ['a misspelled flag', { files: { [path]: { head: aContract({ flags: { hated: true } }) } } }, ['deny contract/unparsable contracts/checkout.yaml:5']],
  ['a byte order mark', { files: { [path]: { head: `\ufeff${v1}` } } }, ['deny snapshot/encoding contracts/checkout.yaml:1']],
  ['a file over the size limit', { files: { [path]: { head: { ...aSide('x'), size: limits.fileBytes + 1 } } } }, ['deny snapshot/too_large contracts/checkout.yaml']],
  ['a file over the size limit whose size was not announced', { files: { [path]: { head: { ...aSide('x'.repeat(limits.fileBytes + 1)), size: null } } }, world: { contents: ['x'.repeat(limits.fileBytes + 1)] } }, ['deny snapshot/too_large contracts/checkout.yaml']],
  ['a document that is too deep', { files: { [path]: { head: `${v1}deep: ${'['.repeat(80)}${']'.repeat(80)}\n` } } }, ['deny snapshot/too_large contracts/checkout.yaml:6']],
  ['an unreadable contract that already stood there, beside a change', { files: { [path]: { base: v1, head: v2 }, [other]: { base: 'a: &x 1' } } }, ['notice contract/unparsable contracts/other.yaml:1']],

  // Versions and chain
  ['a changed content under the same version', { files: { [path]: { base: v1, head: aContract({ spec: 2 }) } } }, ['deny contract/immutable_changed contracts/checkout.yaml:5']],
  ['a content that differs in build metadata alone', { files: { [path]: { base: v1, head: aContract({ version: '1.0.0+b' }) } } }, ['deny contract/immutable_changed contracts/checkout.yaml:2']],
  ['a leading v put before a released version', { files: { [path]: { base: v1, head: aContract({ version: 'v1.0.0' }) } } }, ['deny contract/immutable_changed contracts/checkout.yaml:2']],
  ['a lower version', { files: { [path]: { base: v1, head: aContract({ version: '0.9.0', previous: hashOf() }) } } }, ['deny contract/version_not_increased contracts/checkout.yaml:2']],
  ['a pre-release of what was released', { files: { [path]: { base: v1, head: aContract({ version: '1.0.0-rc.1', previous: hashOf() }) } } }, ['deny contract/version_not_increased contracts/checkout.yaml:2']],
  ['a bump that names no previous version', { files: { [path]: { base: v1, head: aContract({ version: '1.1.0' }) } } }, ['deny contract/previous_ref_mismatch contracts/checkout.yaml:3']],
  ['a first release that names a previous version', { files: { [path]: { head: aContract({ previous: hashOf() }) } } }, ['deny contract/chain_broken contracts/checkout.yaml:3']],
  ['a bump that follows an older release', { files: { [path]: { base: v2, head: aContract({ version: '1.2.0', previous: hashOf() }) } }, released: [[path, v1], [path, v2]] }, ['deny contract/fork contracts/checkout.yaml:3']],
  ['the first release of a draft', { files: { [path]: { base: draft, head: v1 } } }, ['notice contract/state_changed contracts/checkout.yaml:4']],
  ['an edit of a draft', { files: { [path]: { base: draft, head: aContract({ lifecycle: 'draft', spec: 2 }) } } }, []],
  ['a draft of the next version in a path of its own', { files: { [path]: { base: v1 }, [other]: { head: aContract({ ...next, lifecycle: 'draft' }) } } }, []],

  // Lifecycle and state
  ['active to deprecated', { files: { [path]: { base: v1, head: aContract({ lifecycle: 'deprecated' }) } } }, ['notice contract/state_changed contracts/checkout.yaml:4']],
  ['active to retired', { files: { [path]: { base: v1, head: aContract({ lifecycle: 'retired' }) } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['active back to draft', { files: { [path]: { base: v1, head: draft } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['retired back to active', { files: { [path]: { base: aContract({ lifecycle: 'retired' }), head: v1 } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['a draft straight to retired', { files: { [path]: { base: draft, head: aContract({ lifecycle: 'retired' }) } } }, ['notice contract/state_changed contracts/checkout.yaml:4']],
  ['a new contract that begins as deprecated', { files: { [path]: { head: aContract({ lifecycle: 'deprecated' }) } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['a new contract that begins as retired', { files: { [path]: { head: aContract({ lifecycle: 'retired' }) } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['a new version that begins as retired in a path of its own', { ...versioned, files: { [path]: { base: v1 }, [other]: { head: aContract({ ...next, lifecycle: 'retired' }) } } }, ['deny contract/lifecycle_forbidden contracts/other.yaml:4']],
  ['a draft of a next version that is given up', { files: { [path]: { base: v1 }, [other]: { base: aContract({ ...next, lifecycle: 'draft' }), head: aContract({ ...next, lifecycle: 'retired' }) } } }, ['notice contract/state_changed contracts/other.yaml:4']],
  ['a draft in the place of a released version', { files: { [path]: { base: v1, head: aContract({ ...next, lifecycle: 'draft' }) } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['a new version that begins as deprecated in place', { files: { [path]: { base: v1, head: aContract({ ...next, lifecycle: 'deprecated' }) } } }, ['deny contract/lifecycle_forbidden contracts/checkout.yaml:4']],
  ['a halt', { files: { [path]: { base: v1, head: aContract({ flags: halted }) } } }, ['notice contract/state_changed contracts/checkout.yaml:5']],
  ['the end of a halt', { files: { [path]: { base: aContract({ flags: halted }), head: aContract({ flags: { halted: false } }) } } }, ['notice contract/state_changed contracts/checkout.yaml:5']],
  ['flags that are written out as false', { files: { [path]: { base: v1, head: aContract({ flags: { halted: false } }) } } }, ['notice contract/format_changed contracts/checkout.yaml:1']],
  ['other line ends', { files: { [path]: { base: v1, head: v1.replaceAll('\n', '\r\n') } } }, ['notice contract/format_changed contracts/checkout.yaml:1']],

  // Halted
  ['a bump of a halted contract', { files: { [path]: { base: aContract({ flags: halted }), head: aContract({ ...next, flags: halted }) } } }, ['deny contract/halted contracts/checkout.yaml:5']],
  ['the end of a halt together with a bump', { files: { [path]: { base: aContract({ flags: halted }), head: v2 } } }, ['deny contract/halted contracts/checkout.yaml:1']],
  ['a halt together with a bump', { files: { [path]: { base: v1, head: aContract({ ...next, flags: halted }) } } }, ['deny contract/halted contracts/checkout.yaml:5']],
  ['a halted contract that is deprecated', { files: { [path]: { base: aContract({ flags: halted }), head: aContract({ flags: halted, lifecycle: 'deprecated' }) } } }, ['deny contract/halted contracts/checkout.yaml:5', 'notice contract/state_changed contracts/checkout.yaml:4']],
  ['a budget lifted on a halted contract', { files: { [path]: { base: aContract({ flags: halted }), head: aContract({ flags: { halted: true, budgetOverride: { until: '2026-11-25' } } }) } } }, ['deny contract/halted contracts/checkout.yaml:5', 'notice contract/state_changed contracts/checkout.yaml:5']],
  ['the removal of a halted contract, even a retired one', { files: { [path]: { base: aContract({ flags: halted, lifecycle: 'retired' }), head: null } } }, ['deny contract/halted contracts/checkout.yaml']],
  ['another version of a halted contract at another path', { ...versioned, files: { [path]: { base: aContract({ flags: halted }) }, [other]: { head: v2 } } }, ['deny contract/halted contracts/other.yaml:1']],
  ['the restoration of a halted contract', { files: { [path]: { base: aContract({ flags: halted, spec: 2 }), head: aContract({ flags: halted }) } }, released: [[path, v1]] }, []],
  ['another spelling of a halted contract', { files: { [path]: { base: aContract({ flags: halted }), head: `${aContract({ flags: halted })}\n` } } }, ['deny contract/halted contracts/checkout.yaml:5', 'notice contract/format_changed contracts/checkout.yaml:1']],
  ['a new contract that begins halted', { files: { [path]: { head: aContract({ flags: halted }) } } }, []],

  // Removal, moves, duplicates
  ['the removal of an active contract', { files: { [path]: { base: v1, head: null } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['a move together with a bump', { files: { [path]: { base: v1, head: null }, [other]: { head: v2 } } }, []],
  ['a move together with a bump that names no version before it', { files: { [path]: { base: v1, head: null }, [other]: { head: aContract({ version: '1.1.0' }) } } }, ['deny contract/id_reused contracts/other.yaml:1']],
  ['a move together with a version that is no successor', { files: { [path]: { base: v2, head: null }, [other]: { head: aContract({ version: '1.0.5', previous: hashOf(next) }) } }, released: [[path, v1], [path, v2]] }, ['deny contract/removed contracts/checkout.yaml', 'deny contract/version_not_increased contracts/other.yaml:2']],
  ['a draft of the next version that is all that is left', { files: { [path]: { base: v1, head: null }, [other]: { head: aContract({ ...next, lifecycle: 'draft' }) } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['a new version beside the released one in place', { files: { [path]: { base: v1 }, [other]: { head: v2 } } }, ['deny contract/duplicate_id contracts/other.yaml:1']],
  ['a draft of the next version that is released beside the released one in place', { files: { [path]: { base: v1 }, [other]: { base: aContract({ ...next, lifecycle: 'draft' }), head: v2 } } }, ['deny contract/duplicate_id contracts/other.yaml:1', 'notice contract/state_changed contracts/other.yaml:4']],
  ['two versions that are released at once in place', { files: { [path]: { head: v1 }, [other]: { head: v2 } } }, ['deny contract/duplicate_id contracts/other.yaml:1']],
  ['a new version beside the retired one in place', { files: { [path]: { base: aContract({ lifecycle: 'retired' }) }, [other]: { head: v2 } } }, []],
  ['the removal of an active version beside a draft of the next one that was given up', { files: { [path]: { base: v1, head: null }, [other]: { base: aContract({ ...next, lifecycle: 'retired' }) } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['the removal of a version that another one in place has replaced', { files: { [path]: { base: v1, head: null }, [other]: { base: v2 } } }, []],
  ['the removal of a retired contract', { files: { [path]: { base: aContract({ lifecycle: 'retired' }), head: null } } }, []],
  ['the removal of a draft', { files: { [path]: { base: draft, head: null } } }, []],
  ['a move', { files: { [path]: { base: v1, head: null }, [other]: { head: v1 } } }, []],
  ['another id in the place of a released one', { files: { [path]: { base: v1, head: aContract({ id: 'new' }) } } }, ['deny contract/removed contracts/checkout.yaml']],
  ['a second file with an id and version', { files: { [path]: { base: v1 }, [other]: { head: v1 } } }, ['deny contract/duplicate_id contracts/other.yaml:1']],
  ['two new files with one id and version', { files: { [path]: { head: v1 }, [other]: { head: aContract({ spec: 2 }) } } }, ['deny contract/duplicate_id contracts/checkout.yaml:1', 'deny contract/duplicate_id contracts/other.yaml:1']],
  ['a pair that already stood there, beside a change', { files: { [path]: { base: v1 }, [other]: { base: v1 }, 'contracts/x.yaml': { head: aContract({ id: 'x' }) } } }, ['notice contract/duplicate_id contracts/other.yaml:1']],
  ['the deletion of the duplicate that is not the recorded one', { files: { [path]: { base: v1 }, [other]: { base: aContract({ spec: 2 }), head: null } }, released: [[path, v1]] }, []],
  ['the deletion of the recorded one of two', { files: { [path]: { base: v1, head: null }, [other]: { base: aContract({ spec: 2 }) } }, released: [[path, v1]] }, ['deny contract/removed contracts/checkout.yaml']],

  // Versioned paths
  ['a next version in a path of its own', { ...versioned, files: { [path]: { base: v1 }, [other]: { head: v2 } } }, []],
  ['two next versions at once', { ...versioned, files: { [path]: { base: v1 }, [other]: { head: v2 }, 'contracts/third.yaml': { head: aContract({ version: '2.0.0', previous: hashOf(next) }) } } }, []],
  ['two next versions of one parent', { ...versioned, files: { [path]: { base: v1 }, [other]: { head: v2 }, 'contracts/third.yaml': { head: aContract({ version: '2.0.0', previous: hashOf() }) } } }, ['deny contract/fork contracts/third.yaml:3']],
  ['a next version in the path of a released one', { ...versioned, files: { [path]: { base: v1, head: v2 } } }, ['deny contract/immutable_changed contracts/checkout.yaml:2']],
  ['another state in a released path', { ...versioned, files: { [path]: { base: v1, head: aContract({ lifecycle: 'deprecated' }) } } }, ['notice contract/state_changed contracts/checkout.yaml:4']],
];

for (const [title, change, expected] of cases) {
  const outcome = expected.some((one) => one.startsWith('deny')) ? 'fails' : 'passes';
  test(`the contract gate ${outcome} ${title}`, () => {
    const verdict = judgeChange(change);
    assert.deepEqual([told(verdict), verdict.verdict], [expected, outcome === 'fails' ? 'fail' : 'pass']);
  });
}

test('the contract gate tells every violation of a schema at its line, in words', () => {
  const answer: ValidationAnswer = { kind: 'violations', violations: [{ pointer: '/spec/limit', keyword: 'maximum', message: 'must be <= 0' }, { pointer: '', keyword: 'required', message: 'must have the property "owner"' }] };
  const verdict = judgeChange({ files: { [path]: { head: v1 } }, configured: { contracts: [aContractSet({ schema: 'builtin:workspace-contract/v2' })] }, world: { contents: [v1], validate: ({ schema }) => (schema.kind === 'builtin' && schema.name === 'workspace-contract/v2' ? answer : { kind: 'valid' }) } });
  assert.deepEqual(told(verdict), ['deny contract/schema_invalid contracts/checkout.yaml:1', 'deny contract/schema_invalid contracts/checkout.yaml:5']);
  assert.equal(verdict.findings[0]?.message, '`/spec/limit` must be <= 0, says builtin:workspace-contract/v2.');
});

test('the contract gate says that build metadata makes no other version', () => {
  const [finding] = judgeChange({ files: { [path]: { base: v1, head: aContract({ version: '1.0.0+b' }) } } }).findings;
  assert.equal(finding?.message, 'checkout changed, but version 1.0.0 was released with another content, and 1.0.0+b is the same version: neither build metadata nor a leading v makes another one.');
});

test('the contract gate tells in words what changes of a state, from what and to what', () => {
  const [finding] = judgeChange({ files: { [path]: { base: v1, head: aContract({ lifecycle: 'deprecated', flags: { halted: true, budgetOverride: { until: '2026-11-25' } } }) } } }).findings.filter(({ code }) => code === 'contract/state_changed');
  assert.deepEqual([finding?.message, finding?.expected, finding?.found], [
    'The state of checkout 1.0.0 changes: lifecycle from active to deprecated, halted from false to true, budgetOverride from false to until "2026-11-25".',
    'lifecycle active, halted false, humanApprovalRequired false, budgetOverride false',
    'lifecycle deprecated, halted true, humanApprovalRequired false, budgetOverride until "2026-11-25"',
  ]);
});

/** What the real envelope says of these, and a schema that repeats it. */
const faults: readonly (readonly [what: string, head: string, violations: readonly SchemaViolation[], told: readonly string[], next: string])[] = [
  ['a lifecycle that is none', aContract({ lifecycle: 'activ' }), [{ pointer: '/lifecycle', keyword: 'enum', message: 'must be one of "draft", "active"' }], ['deny contract/unparsable contracts/checkout.yaml:4'], 'Make "lifecycle" one of draft, active, deprecated, retired.'],
  ['an id that is none', aContract({ id: '' }), [{ pointer: '/contractId', keyword: 'pattern', message: 'must match pattern' }], ['deny contract/unparsable contracts/checkout.yaml:1'], 'Make "contractId" visible text in NFC, at most 300 characters.'],
  ['a quota that is lifted without an end', aContract({ flags: { budgetOverride: true } }), ['const', 'type', 'oneOf'].map((keyword) => ({ pointer: '/emergencyFlags/budgetOverride', keyword, message: keyword })), ['deny contract/unparsable contracts/checkout.yaml:5'], 'Make "emergencyFlags.budgetOverride" false, or {until: <a date at most 7 days ahead>}.'],
  ['a quota that is lifted until no date', aContract({ flags: { budgetOverride: { until: 'soon' } } }), [{ pointer: '/emergencyFlags/budgetOverride', keyword: 'oneOf', message: 'must match exactly one' }, { pointer: '/emergencyFlags/budgetOverride/until', keyword: 'pattern', message: 'must match pattern' }], ['deny contract/schema_invalid contracts/checkout.yaml:5'], 'Set `until` to a time at most 7 days ahead.'],
  ['two fields that are missing', 'contractVersion: 1.0.0\n', ['contractId', 'lifecycle'].map((field) => ({ pointer: '', keyword: 'required', message: `must have the property "${field}"` })), ['deny contract/unparsable contracts/checkout.yaml:1'], 'Add contractId and lifecycle.'],
  ['a list', '[1]\n', [{ pointer: '', keyword: 'type', message: 'must be object' }], ['deny contract/unparsable contracts/checkout.yaml:1'], 'Add contractId and contractVersion and lifecycle.'],
];

for (const [what, head, violations, expected, next] of faults) {
  test(`the contract gate tells ${what} once, with what to do, whatever the schemas say of it too`, () => {
    const verdict = judgeChange({ files: { [path]: { head } }, released: [], configured: { contracts: [aContractSet({ schema: 'builtin:workspace-contract/v2' })] }, world: { contents: [head], validate: () => ({ kind: 'violations', violations }) } });
    assert.deepEqual([told(verdict), verdict.findings[0]?.next], [expected, next]);
  });
}

test('a schema that asks for more than a field with a fault is told beside it', () => {
  const head = aContract({ lifecycle: 'activ' });
  const verdict = judgeChange({ files: { [path]: { head } }, released: [], world: { contents: [head], validate: () => ({ kind: 'violations', violations: [{ pointer: '/lifecycle', keyword: 'enum', message: 'is none' }, { pointer: '/spec', keyword: 'type', message: 'must be string' }] }) } });
  assert.deepEqual(told(verdict), ['deny contract/schema_invalid contracts/checkout.yaml:5', 'deny contract/unparsable contracts/checkout.yaml:4']);
});

test('a schema that asks for something else than the envelope at one place is told beside it, and told once where it asks the same', () => {
  const head = aContract({ more: { kmsKeyRef: 7 } });
  const type = { pointer: '/kmsKeyRef', keyword: 'type', message: 'must be string or null' };
  const only = { pointer: '/kmsKeyRef', keyword: 'enum', message: 'must be one of "local:only-this"' };
  const validate = ({ schema }: RequestOf<'validation'>) => ({ kind: 'violations', violations: schema.kind === 'builtin' && schema.name === 'contract-envelope' ? [type] : [type, only] }) as const;
  const verdict = judgeChange({ files: { [path]: { head } }, released: [], configured: { contracts: [aContractSet({ schema: 'builtin:workspace-contract/v2' })] }, world: { contents: [head], validate } });
  assert.deepEqual(verdict.findings.filter(({ code }) => code === 'contract/schema_invalid').map(({ expected }) => expected), [type.message, only.message]);
});

function refuseSpec({ schema }: RequestOf<'validation'>): ValidationAnswer {
  if (schema.kind === 'builtin' && schema.name === 'contract-envelope') return { kind: 'valid' };
  return { kind: 'violations', violations: [{ pointer: '/spec', keyword: 'type', message: 'must be string' }] };
}

function refusedBySchema(head: string, base = v1) {
  return judgeChange({ files: { [path]: { base, head } }, configured: { contracts: [aContractSet({ schema: 'builtin:workspace-contract/v2' })] }, world: { validate: refuseSpec } });
}

test('the contract gate lets a contract be halted although a newer schema refuses its content', () => {
  assert.deepEqual([refusedBySchema(aContract({ flags: halted })).verdict, refusedBySchema(v2).verdict], ['pass', 'fail']);
});

test('attack: a draft that the schema of the base refuses is released by its lifecycle alone, or retired, and fails', () => {
  const draft = aContract({ lifecycle: 'draft', spec: { limit: 'many' } });
  for (const lifecycle of ['active', 'retired']) {
    const verdict = refusedBySchema(aContract({ lifecycle, spec: { limit: 'many' } }), draft);
    assert.deepEqual([verdict.verdict, told(verdict)], ['fail', ['deny contract/schema_invalid contracts/checkout.yaml:5', 'notice contract/state_changed contracts/checkout.yaml:4']]);
  }
  assert.equal(refusedBySchema(aContract({ lifecycle: 'draft', spec: { limit: 'many' }, flags: halted }), draft).verdict, 'pass');
});

test('the contract gate leads violations of the envelope back to where the fields stand', () => {
  const text = 'metadata: {name: a, version: 1.0.0}\nstatus:\n  phase: active\n';
  const fields = { ...plainFields, contractId: { kind: 'pointer', pointer: '/metadata/name' }, contractVersion: { kind: 'pointer', pointer: '/metadata/version' }, lifecycle: { kind: 'pointer', pointer: '/status/phase' } } as const;
  const views: unknown[] = [];
  const verdict = judgeChange({ files: { [path]: { head: text } }, released: [], configured: { contracts: [aContractSet({ fields })] }, world: { contents: [text], validate: ({ value }) => (views.push(value), { kind: 'violations', violations: [{ pointer: '/lifecycle', keyword: 'enum', message: 'must be one of x' }] }) } });
  assert.deepEqual([told(verdict), views], [['deny contract/schema_invalid contracts/checkout.yaml:3'], [{ contractId: 'a', contractVersion: '1.0.0', lifecycle: 'active' }]]);
});

test('the contract gate asks apart about one blob under two paths when the path is the id', () => {
  const text = 'contractVersion: 1.0.0\nlifecycle: active\n';
  const fields = { ...plainFields, contractId: { kind: 'path' } } as const;
  const asked: unknown[] = [];
  judgeChange({ files: { 'contracts/a.yaml': { head: text }, 'contracts/b.yaml': { head: text } }, released: [], configured: { contracts: [aContractSet({ fields })] }, world: { contents: [text], validate: ({ value }) => (asked.push(value), { kind: 'valid' }) } });
  assert.equal(asked.length, 2);
});

const schemaPath = 'schemas/contract.json';
const schemaText = '{"type": "object"}';

function withSchema(schema: string, base: string | null, answer: ValidationAnswer = { kind: 'valid' }) {
  const files = { [path]: { head: v1 }, [schemaPath]: { base, roles: ['own'] as const } };
  return judgeChange({ files, configured: { contracts: [aContractSet({ schema })] }, world: { contents: [v1, schemaText, '{'], validate: ({ schema: source }) => (source.kind === 'document' ? answer : { kind: 'valid' }) } });
}

test('the contract gate validates with the schema of the base', () => {
  assert.deepEqual(told(withSchema(schemaPath, schemaText)), []);
  assert.deepEqual(told(withSchema(schemaPath, schemaText, { kind: 'violations', violations: [{ pointer: '/spec', keyword: 'type', message: 'must be string' }] })), ['deny contract/schema_invalid contracts/checkout.yaml:5']);
});

test('the contract gate fails when a schema is missing at the base, broken, unusable, or the organisation\'s and not found', () => {
  assert.deepEqual(told(withSchema(schemaPath, null)), ['deny contract/schema_unknown schemas/contract.json']);
  assert.deepEqual(told(withSchema(schemaPath, '{')), ['deny contract/schema_unknown schemas/contract.json']);
  assert.deepEqual(told(withSchema(schemaPath, schemaText, { kind: 'unusable', why: 'remote $ref' })), ['deny contract/schema_unknown schemas/contract.json']);
  assert.deepEqual(told(withSchema('org:schemas/a.json', null)), ['deny contract/schema_unknown contracts/checkout.yaml']);
});

test('the contract gate holds a contract that can not be validated within the limits', () => {
  const verdict = withSchema(schemaPath, schemaText, { kind: 'undecided', why: 'the document took longer than 1000 ms' });
  assert.deepEqual([verdict.verdict, told(verdict)], ['hold', ['hold contract/schema_invalid contracts/checkout.yaml:1']]);
});

test('the contract gate is inconclusive when a refusal has no reason', () => {
  assert.deepEqual(told(withSchema(schemaPath, schemaText, { kind: 'violations', violations: [] })), ['unknown engine/failed -']);
});

test('the contract gate tells once that a schema is missing, however many contracts want it', () => {
  const files = { [path]: { head: v1 }, [other]: { head: aContract({ id: 'other' }) } };
  assert.deepEqual(told(judgeChange({ files, configured: { contracts: [aContractSet({ schema: 'schemas/none.json' })] } })), ['deny contract/schema_unknown schemas/none.json']);
});

test('the contract gate lets a second set tighten but never loosen the first', () => {
  const sets = [aContractSet({ schema: 'builtin:strict' }), aContractSet({ name: 'lax', schema: null })];
  for (const contracts of [sets, sets.toReversed()]) {
    const verdict = judgeChange({ files: { [path]: { head: v1 } }, configured: { contracts }, world: { contents: [v1], validate: ({ schema }) => (schema.kind === 'builtin' && schema.name === 'strict' ? { kind: 'violations', violations: [{ pointer: '', keyword: 'not', message: 'must not be' }] } : { kind: 'valid' }) } });
    assert.equal(verdict.verdict, 'fail');
  }
});

test('attack: a set in place beside a versioned one, in either order, frees no released path', () => {
  const sets = [aContractSet(), aContractSet({ name: 'strict', layout: 'versioned' })];
  for (const contracts of [sets, sets.toReversed()]) {
    assert.deepEqual(told(judgeChange({ files: { [path]: { base: v1, head: v2 } }, configured: { contracts } })), ['deny contract/immutable_changed contracts/checkout.yaml:2']);
    assert.equal(judgeChange({ files: { [path]: { base: v1 }, [other]: { head: v2 } }, configured: { contracts } }).verdict, 'pass');
  }
});

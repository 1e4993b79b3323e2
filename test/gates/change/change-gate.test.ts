import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { limits } from '../../../src/domain/limits.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { changeGate } from '../../../src/gates/change/change-gate.ts';
import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';
import { aSide } from '../../builders/content.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { privateKeyOf, publicJwk } from '../../builders/signing-keys.ts';

const path = '.github/plumbline.yml';
const valid = 'version: 1\ncontracts: [{name: a, paths: ["contracts/**"]}]\n';

/** Judges these files; every text among them can be read. */
function judge(files: readonly FileInput[], snapshot: SnapshotInput = {}, world: World = {}): Verdict {
  const texts = files.flatMap(({ head }) => (typeof head === 'string' || head instanceof Uint8Array ? [head] : []));
  return judgeWith(changeGate, aSnapshot({ ...snapshot, files: files.map((file) => aFile(file)) }), { contents: texts, ...world });
}

function codesOf(verdict: Verdict): readonly string[] {
  return verdict.findings.map(({ code, severity }) => `${code} ${severity}`);
}

function own(file: Partial<FileInput> = {}): FileInput {
  return { path, base: valid, roles: ['own'], ...file };
}

/** A governed path that is no own file. */
function contract(file: Partial<FileInput> = {}): FileInput {
  return { path: 'contracts/a.yaml', base: 'a', head: 'b', ...file };
}

test('a change of nothing that is governed passes and is looked at', () => {
  const verdict = judge([{ path: 'README.md', base: 'a', head: 'b', roles: [] }]);
  assert.deepEqual([verdict.verdict, verdict.applies, verdict.covered], ['pass', true, []]);
});

test('where nothing is configured and nothing requires it the gate does not apply', () => {
  const verdict = judge([], { configuration: { kind: 'none', effective: null, requiredByBranch: null } });
  assert.deepEqual([verdict.verdict, verdict.applies, verdict.skipped.length], ['pass', false, 1]);
});

test('a valid change of the configuration passes and is covered', () => {
  const verdict = judge([own({ head: `${valid}waivers: [w]\n` })]);
  assert.deepEqual([verdict.verdict, codesOf(verdict), verdict.covered], ['pass', [], [path]]);
});

test('a configuration that this change breaks fails with line and column', () => {
  const verdict = judge([own({ head: 'version: 1\ncontract: []\n' })]);
  assert.deepEqual([verdict.verdict, codesOf(verdict)], ['fail', ['config/invalid deny']]);
  assert.deepEqual([verdict.findings[0]?.line, verdict.findings[0]?.column], [2, 1]);
});

test('a configuration whose content could not be read is inconclusive', () => {
  const verdict = judge([own({ head: valid.replace('a', 'b') })], {}, { unavailable: () => true });
  assert.deepEqual([verdict.verdict, codesOf(verdict)], ['inconclusive', ['snapshot/unreadable unknown']]);
});

test('a change of more files than the limit holds and is judged all the same', () => {
  const files = Array.from({ length: limits.changedFiles + 1 }, (_, index) => ({ path: `f${index}`, head: 'x', roles: [] }));
  assert.deepEqual(codesOf(judge(files)), ['snapshot/too_many hold']);
  assert.deepEqual(codesOf(judge([...files, own({ head: 'nonsense' })])), ['snapshot/too_many hold', 'config/invalid deny']);
});

test('what could not be read whole makes the change inconclusive', () => {
  assert.deepEqual(codesOf(judge([], { unreadable: ['the tree of the head is larger than GitHub lists'] })), ['snapshot/unreadable unknown']);
});

test('a merge group whose members are not known is inconclusive', () => {
  const change = { ...aSnapshot().change, subject: { kind: 'merge-group', headRef: 'queue', members: 'unresolved' } } as const;
  assert.deepEqual(codesOf(judge([], { change })), ['snapshot/group_unresolved unknown']);
  assert.equal(judge([], { change: { ...change, subject: { ...change.subject, members: [7] } } }).verdict, 'pass');
});

test('two paths that only some file systems tell apart are denied', () => {
  const verdict = judge([contract()], { twins: [{ path: 'contracts/a.yaml', other: 'contracts/A.yaml' }] });
  assert.deepEqual([codesOf(verdict), verdict.findings[0]?.path], [['snapshot/path_twin deny'], 'contracts/a.yaml']);
});

test('an executable bit on a governed file is a notice', () => {
  assert.deepEqual(codesOf(judge([contract({ base: aSide('a'), head: aSide('a', '100755') })])), ['snapshot/mode_changed notice']);
});

test('a governed path that changed on both sides asks for an update of the branch', () => {
  assert.deepEqual(codesOf(judge([contract({ mergeBase: 'a', base: 'b', head: 'c' })])), ['snapshot/update_branch deny']);
  assert.deepEqual(codesOf(judge([contract({ mergeBase: 'a', base: 'b', head: null })])), ['snapshot/update_branch deny']);
});

test('a governed path that both sides changed alike, and an ungoverned one, ask for nothing', () => {
  assert.deepEqual(codesOf(judge([contract({ mergeBase: 'a', base: 'b', head: 'b' })])), []);
  assert.deepEqual(codesOf(judge([contract({ mergeBase: 'a', base: 'b', head: 'c', roles: [] })])), []);
});

for (const [what, mode] of [['symlink', '120000'], ['submodule', '160000']] as const) {
  test(`the attack: the configuration replaced by a ${what} is denied and never read`, () => {
    assert.deepEqual(codesOf(judge([own({ head: aSide('../elsewhere', mode) })])), ['snapshot/not_a_file deny']);
  });
}

test('the attack: the configuration replaced by a directory is denied', () => {
  const verdict = judge([own({ head: null }), { path: `${path}/x`, head: 'x', roles: [] }]);
  assert.deepEqual(codesOf(verdict), ['snapshot/not_a_file deny']);
});

test('own files that are no text, too large, or elsewhere are denied by name', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`;
  assert.deepEqual(codesOf(judge([own({ head: new Uint8Array([0xef, 0xbb, 0xbf, 0x61]) })])), ['snapshot/encoding deny']);
  assert.deepEqual(codesOf(judge([own({ head: pointer })])), ['snapshot/content_unavailable deny']);
  assert.deepEqual(codesOf(judge([own({ head: `# ${'x'.repeat(limits.fileBytes)}` })])), ['snapshot/too_large deny']);
});

test('a file that the head names as its own for the first time is read and validated', () => {
  const verdict = judge([own({ head: `${valid}waivers: [w.yaml]\nkeys: [k.json]\n` }), { path: 'w.yaml', head: 'a: &x 1\n', roles: [] }, { path: 'k.json', head: '{"keys":{}}', roles: [] }]);
  assert.deepEqual(new Set(verdict.findings.map(({ code, path: where }) => `${code} ${where ?? ''}`)), new Set(['config/invalid k.json', 'config/invalid w.yaml']));
  assert.deepEqual(verdict.covered, [path, 'k.json', 'w.yaml']);
});

test('a waiver file that the organisation names, or comes to name, is checked in its own repository alone', () => {
  const changed: readonly FileInput[] = [{ path: 'plumbline.yml', base: 'version: 1\n', head: 'version: 1\nwaivers: [w.yaml]\n', roles: ['own'] }, { path: 'w.yaml', head: 'version: 1\nwaivers: [{}]\n', roles: [] }, { path: 'v.yaml', base: 'x', head: 'nonsense', roles: ['own'] }];
  const ownGlobs = [{ kind: 'configuration', glob: 'plumbline.yml' }, { kind: 'organization-waivers', glob: 'v.yaml' }] as const;
  const pathsOf = (isRoot: boolean) => judge(changed, { configured: { isRoot, ...(isRoot ? { ownGlobs } : {}) } }).findings.map(({ code, path: where }) => `${code} ${where}`);
  assert.deepEqual(new Set(pathsOf(true)), new Set(['config/invalid w.yaml', 'config/invalid v.yaml']));
  assert.deepEqual(pathsOf(false), []);
});

test('a key file of public keys passes and one that leaks a private key is denied', () => {
  const key = publicJwk(privateKeyOf('ES256'), 'local:a', { notAfter: '2027-01-31' });
  const configured = { document: { version: 1, keys: ['k.json'] } };
  const judgeKeys = (...keys: readonly object[]) => judge([{ path: 'k.json', head: JSON.stringify({ keys }), roles: ['own'] }], { configured });
  assert.deepEqual(codesOf(judgeKeys(key)), []);
  assert.match(judgeKeys({ ...key, d: 'AA' }).findings[0]?.found ?? '', /private/);
  assert.deepEqual(codesOf(judgeKeys(key, key)), ['config/invalid deny']);
  assert.deepEqual(codesOf(judgeKeys({ ...key, notAfter: 'soon' })), ['config/invalid deny']);
  assert.deepEqual(codesOf(judgeKeys({ kty: 'oct', kid: 'a', k: 'AA' })), ['config/invalid deny']);
  assert.deepEqual(codesOf(judgeKeys({ kid: 'a', kty: 'EC', crv: 'P-256' })), ['config/invalid deny', 'config/invalid deny']);
});

test('a schema that the configuration names is denied when it does not compile', () => {
  const configured = { document: { version: 1, contracts: [{ name: 'a', paths: ['contracts/**'], schema: 's.json' }] } };
  const file: FileInput = { path: 's.json', base: '{}', head: '{"type":"nothing"}', roles: ['own'] };
  assert.deepEqual(codesOf(judge([file], { configured })), []);
  assert.deepEqual(codesOf(judge([file], { configured }, { contents: ['{"type":"nothing"}'], validate: () => ({ kind: 'unusable', why: 'type' }) })), ['schema/invalid deny']);
  assert.equal(judge([file], { configured }, { contents: ['{"type":"nothing"}'], unavailable: ({ kind }) => kind === 'validation' }).verdict, 'inconclusive');
});

test('a schema that is empty or no JSON is denied as a schema, and a key file as what it configures', () => {
  const configured = { document: { version: 1, keys: ['k.json'], contracts: [{ name: 'a', paths: ['contracts/**'], schema: 's.json' }] } };
  for (const head of ['', '{"type":']) {
    assert.deepEqual(codesOf(judge([{ path: 's.json', base: '{}', head, roles: ['own'] }], { configured })), ['schema/invalid deny']);
    assert.deepEqual(codesOf(judge([{ path: 'k.json', base: '{}', head, roles: ['own'] }], { configured })), ['config/invalid deny']);
  }
});

test('a schema of draft-04 passes when it compiles, and is denied when it does not', async () => {
  const configured = { document: { version: 1, contracts: [{ name: 'a', paths: ['contracts/**'], schema: 's.json' }] } };
  for (const [limit, codes] of [['1', []], ['"1"', ['schema/invalid deny']]] as const) {
    const text = `{"$schema":"http://json-schema.org/draft-04/schema#","minimum":${limit},"exclusiveMinimum":true}`;
    const compiled = await compileSchema(text);
    const answer = compiled.kind === 'unusable' ? compiled : compiled.validate(JSON.parse(text));
    assert.deepEqual(codesOf(judge([{ path: 's.json', base: '{}', head: text, roles: ['own'] }], { configured }, { contents: [text], validate: () => answer })), codes);
  }
});

test('a schema that was not compiled within the limits is held, because a busy machine may be the reason', () => {
  const configured = { document: { version: 1, contracts: [{ name: 'a', paths: ['contracts/**'], schema: 's.json' }] } };
  const file: FileInput = { path: 's.json', base: '{}', head: '{"type":"number"}', roles: ['own'] };
  assert.deepEqual(codesOf(judge([file], { configured }, { contents: ['{"type":"number"}'], validate: () => ({ kind: 'undecided', why: 'the schema took longer than 3000 ms' }) })), ['schema/invalid hold']);
});

test('a schema that the configuration names is denied when the change deletes it, until the configuration of the head no longer names it', () => {
  const document = { version: 1, contracts: [{ name: 'a', paths: ['contracts/**'], schema: 's.json' }] };
  const configured = { document, contracts: [aContractSet({ schema: 's.json' })] };
  const deletion: FileInput = { path: 's.json', base: '{}', head: null, roles: ['own'] };
  const naming = valid.replace('}]', ', schema: s.json}]');
  assert.deepEqual(codesOf(judge([deletion], { configured })), ['schema/invalid deny']);
  assert.deepEqual(codesOf(judge([deletion, own({ base: naming, head: null })], { configured })), ['schema/invalid deny']);
  assert.deepEqual(codesOf(judge([deletion, own({ base: naming, head: `${naming}waivers: [w]\n` })], { configured })), ['schema/invalid deny']);
  assert.deepEqual(codesOf(judge([deletion, own({ base: naming, head: valid })], { configured })), []);
  assert.deepEqual(codesOf(judge([{ ...deletion, path: 'other.json' }], { configured })), []);
});

test('a schema that the organisation names is denied when the change deletes it, whatever the head configures', () => {
  const organizationText = valid.replace('}]', ', schema: s.json}]');
  const deletion: FileInput = { path: 's.json', base: '{}', head: null, roles: ['own'] };
  assert.deepEqual(codesOf(judge([deletion, own({ base: null, head: 'version: 1\n' })], { configuration: { organizationText } })), ['schema/invalid deny']);
});

test('Rego is read as text only: other languages have no say about it', () => {
  const configured = { document: { version: 1, governance: { policies: ['p.rego'] } } };
  const judgeRego = (head: string) => judge([{ path: 'p.rego', head, roles: ['own'] }], { configured });
  assert.deepEqual(codesOf(judgeRego('package main\n')), []);
  assert.deepEqual(codesOf(judgeRego('package\0main\n')), ['snapshot/encoding deny']);
});

test('a change of the configuration that loosens the organisation is denied where it does', () => {
  const verdict = judge([own({ head: 'version: 1\nrules:\n  "*": observe\n' })], { configuration: { organizationText: 'version: 1\n' } });
  assert.deepEqual([codesOf(verdict), verdict.findings[0]?.line], [['config/ratchet deny'], 3]);
});

test('a change of something else is not blamed for a loosening that stands in the base', () => {
  assert.deepEqual(codesOf(judge([contract()], { configuration: { organizationText: 'version: 1\n' } })), []);
});

test('a gate that is asked again with the answers asks nothing new in the end, whatever they say', () => {
  const text = fc.oneof(fc.constantFrom(valid, `${valid}waivers: [w]\n`, 'version: 1\ncontracts: [{name: a, paths: [x], schema: w}]\n', '{}', '[]', ''), fc.string());
  fc.assert(
    fc.property(text, text, fc.boolean(), (head, other, available) => {
      const verdict = judge([own({ base: null, head }), { path: 'w', head: other, roles: [] }], {}, { unavailable: ({ kind }) => !available && kind === 'blob', contents: [head, other] });
      assert.ok(available || verdict.verdict === 'inconclusive');
    }),
    { seed: 9, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 60 },
  );
});

test('a playbook that this change breaks, or that takes the id of one of Plumbline, fails with line and column', () => {
  const playbook = (changes: string): string => `kind: Playbook\nversion: 1.0.0\ntitle: t\ndescription: d\ncategory: c\ntier: 2\ntrigger: {classes: [a]}\nsteps: [{type: write-file, path: a.txt, text: b}]\nverification: {probe: behavior, window: 1h}\ndocs: a.md\n${changes}`;
  const bounds = 'bounds: {maxFiles: 1, maxRepositories: 1}\n';
  const judged = (changes: string): readonly string[] => {
    const configuration = `${valid}playbooks: ["books/*.yaml"]\n`;
    const verdict = judge([own({ head: configuration }), { path: 'books/a.yaml', base: null, head: playbook(changes), roles: ['own'] }]);
    return verdict.findings.map(({ code, path: file, line, column, message }) => `${code} ${file}:${line}:${column} ${message}`);
  };
  assert.deepEqual(judged(`id: mine\n${bounds}rollback: revert\n`), []);
  assert.deepEqual(judged(`id: mine\n${bounds}`), ['config/invalid books/a.yaml:1:1 Cannot use `playbook`: found an object, expected the key `rollback`.']);
  assert.deepEqual(judged('id: mine\nrollback: revert\n'), ['config/invalid books/a.yaml:1:1 Cannot use `playbook`: found an object, expected the key `bounds`.']);
  assert.deepEqual(judged(`id: open-issue\n${bounds}rollback: revert\n`), ['config/invalid books/a.yaml:11:1 Cannot use `id`: found "open-issue", which comes with Plumbline, expected another id.']);
});

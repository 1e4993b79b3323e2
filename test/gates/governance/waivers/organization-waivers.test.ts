import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finding } from '../../../../src/domain/finding.ts';
import type { Finding } from '../../../../src/domain/finding.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import type { OrganizationFiles } from '../../../../src/domain/snapshot.ts';
import type { FileMode } from '../../../../src/domain/tree.ts';
import { verdictOf } from '../../../../src/domain/verdict.ts';
import { baseWaivers, waiverRequests } from '../../../../src/gates/governance/waivers/base-waivers.ts';
import { waiverDeriver } from '../../../../src/gates/governance/waivers/waiver-deriver.ts';
import { waiverFindings } from '../../../../src/gates/governance/waivers/waiver-findings.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { builtinAnswer } from '../../../builders/builtin-answer.ts';
import { aSide } from '../../../builders/content.ts';
import { govern } from '../a-governed-change.ts';
import type { GovernedChange } from '../a-governed-change.ts';
import { aChangeToDerive, codesOf, deriveWith, namesOf } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

const path = 'waivers/a.json';
const text = 'version: 1\nrules: {contract/schema_invalid: enforce}\nwaivers: ["waivers/*.json"]\n';

function anEntry(more: JsonObject = {}): JsonObject {
  return { code: 'contract/schema_invalid', fingerprint: 'a'.repeat(16), path: 'contracts/a.yaml', owner: 'team:a', reason: 'known', grantedBy: 'mona', until: '2027-01-01', ...more };
}

/** Each entry starts a line. */
function file(...entries: readonly JsonObject[]): string {
  return `{"version": 1, "waivers": [\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]}\n`;
}

function listed(content: string, mode: FileMode = '100644'): OrganizationFiles {
  return { kind: 'files', files: [{ kind: 'waivers', path, ...aSide(content, mode) }] };
}

/** A change in a repository of an organisation with this file. */
function inRepository(content: string, { organizationFiles = listed(content), world = {} }: { readonly organizationFiles?: OrganizationFiles; readonly world?: Deriving['world'] } = {}) {
  const deriving = { files: [{ path: 'contracts/a.yaml', base: 'a', head: 'b' }], document: {}, snapshot: { configuration: { organizationText: text, organizationFiles } }, world: { contents: ['a', 'b', content], ...world } };
  return aChangeToDerive(deriving, waiverRequests);
}

describe("baseWaivers() with the organisation's", () => {
  const read = (...given: Parameters<typeof inRepository>): readonly [readonly string[], readonly string[]] => {
    const { waivers, findings } = baseWaivers(inRepository(...given));
    return [waivers.map(({ code }) => code), codesOf(findings)];
  };

  it('gives those for codes that the organisation sets, but never for what can not be waived or ends too late', () => {
    assert.deepEqual(read(file(anEntry(), anEntry({ code: 'contract/removed' }), anEntry({ until: '2028-01-01' }))), [['contract/schema_invalid'], []]);
  });

  it('can not tell while a file is out of reach, or which files there are', () => {
    assert.deepEqual(read(file(anEntry()), { world: { unavailable: ({ kind }) => kind === 'organization-blob' } }), [[], ['snapshot/unreadable unknown']]);
    assert.deepEqual(read(file(anEntry()), { organizationFiles: { kind: 'unreadable', why: 'gone', isLasting: false } }), [[], ['snapshot/unreadable unknown']]);
  });

  it('gives none where the organisation has more files than can be read, and says so without waiting', () => {
    assert.deepEqual(read(file(anEntry()), { organizationFiles: { kind: 'unreadable', why: 'too many', isLasting: true } }), [[], ['config/base_invalid notice']]);
  });

  it('takes no link for a file, and nothing of one that is not valid', () => {
    assert.deepEqual(read(file(anEntry()), { organizationFiles: listed(file(anEntry()), '120000') }), [[], ['config/base_invalid notice']]);
    assert.deepEqual(read('nonsense'), [[], ['config/base_invalid notice']]);
  });
});

describe("waiverFindings() of the organisation's", () => {
  it('tells what can not be waived where it was found', () => {
    const removed = { ...finding({ code: 'contract/removed', path: 'contracts/a.yaml', line: 4, column: 2, message: 'm', next: 'n' }), fingerprint: 'a'.repeat(16) };
    const told = waiverFindings(inRepository(file(anEntry({ code: 'contract/removed' }))), [removed]);
    assert.deepEqual(told.map(({ code, severity, path: where, line }) => [code, severity, where, line]), [['waiver/not_waivable', 'notice', 'contracts/a.yaml', 4]]);
    assert.deepEqual(waiverFindings(inRepository(file(anEntry({ code: 'contract/removed' }))), []), []);
  });
});

describe("the organisation's waivers at the root", () => {
  const document = { waivers: ['waivers/*.json'], rules: { 'contract/schema_invalid': 'enforce' } };
  const atRoot = (files: readonly FileInput[]): Deriving => ({ files, document, isRoot: true, snapshot: { configuration: { organizationText: text } } });

  it('are told as actions that reach every repository', () => {
    const { actions } = deriveWith(waiverDeriver, atRoot([{ path, head: file(anEntry()) }]));
    assert.deepEqual([namesOf(actions), actions[0]?.why], [['3 waiver.grant waivers/a.json /waivers/0'], 'Waives `contract/schema_invalid` of "contracts/a.yaml" in every repository until 2027-01-01, answered for by "team:a": "known".']);
  });

  it('are granted where they come from a waiver of the repository alone: attack', () => {
    const organization = { version: 1, ...document };
    const repository = { version: 1, waivers: ['own.json'] };
    const both = { ...atRoot([{ path: 'own.json', base: file(anEntry()), head: file() }, { path, base: file(), head: file(anEntry()) }]), levels: { organization, repository, isRoot: true } };
    assert.deepEqual(namesOf(deriveWith(waiverDeriver, both).actions), ['3 config.change own.json', '3 waiver.grant waivers/a.json /waivers/0']);
  });

  it('may name a code that the organisation sets, end in time, and are never orphaned there', () => {
    const judge = (...entries: readonly JsonObject[]): readonly string[] => waiverFindings(aChangeToDerive(atRoot([{ path, head: file(...entries) }]), (one) => waiverDeriver.plan(one)), []).map((one: Finding) => `${one.code} ${one.severity} ${one.line}`);
    assert.deepEqual(judge(anEntry(), anEntry({ path: 'contracts/gone.yaml', fingerprint: 'b'.repeat(16) })), []);
    assert.deepEqual(judge(anEntry({ until: '2028-01-01' }), anEntry({ code: 'contract/removed' }), anEntry({ until: '2026-11-19' })), ['waiver/too_long deny 2', 'waiver/not_waivable deny 3', 'waiver/expired notice 4']);
  });
});

describe('what policies are told of waivers', () => {
  it('is of the organisation what names a finding of the change, however many others it has', () => {
    const found = finding({ code: 'contract/schema_invalid', path: 'contracts/a.yaml', message: 'm', next: 'n' });
    const content = file(anEntry({ fingerprint: found.fingerprint }), ...Array.from({ length: 400 }, (_, index) => anEntry({ fingerprint: index.toString(16).padStart(16, '0') })));
    const told: unknown[] = [];
    const policies: NonNullable<GovernedChange['policies']> = (request) => (told.push(request.input['waivers']), builtinAnswer(request));
    govern({ contents: ['one', 'two', content], policies, verdicts: [verdictOf({ gate: 'contracts', applies: true, findings: [found], evaluated: [], skipped: [], covered: [] })], snapshot: { configured: { document: { version: 1 } }, configuration: { organizationText: text, organizationFiles: listed(content) } } });
    assert.deepEqual(told, [[{ code: 'contract/schema_invalid', fingerprint: found.fingerprint, owner: 'team:a', until: '2027-01-01T00:00:00.000Z' }]]);
  });
});

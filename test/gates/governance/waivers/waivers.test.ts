import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { finding } from '../../../../src/domain/finding.ts';
import type { Finding } from '../../../../src/domain/finding.ts';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import { baseWaivers, waiverRequests } from '../../../../src/gates/governance/waivers/base-waivers.ts';
import { waiverDeriver } from '../../../../src/gates/governance/waivers/waiver-deriver.ts';
import { waiverFindings } from '../../../../src/gates/governance/waivers/waiver-findings.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aChangeToDerive, codesOf, deriveWith, namesOf } from '../derive-with.ts';
import type { Deriving } from '../derive-with.ts';

const path = 'w.yaml';
const document = { waivers: ['w*.yaml'], contracts: [{ name: 'a', paths: ['contracts/**'] }] };

function anEntry(more: JsonObject = {}): JsonObject {
  return { code: 'contract/schema_invalid', fingerprint: 'a'.repeat(16), path: 'contracts/a.yaml', owner: 'team:a', reason: 'known', grantedBy: 'mona', until: '2027-01-01', ...more };
}

/** As JSON, which is YAML too; each entry starts a line. */
function file(...entries: readonly JsonObject[]): string {
  return `{"version": 1, "waivers": [\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]}\n`;
}

describe('waiverDeriver', () => {
  const derive = (files: readonly FileInput[], rest: Partial<Deriving> = {}): readonly (readonly string[])[] => {
    const { actions, findings } = deriveWith(waiverDeriver, { files, document, ...rest });
    return [namesOf(actions), codesOf(findings)];
  };

  it('tells each entry that comes, and where it stands', () => {
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: file(anEntry(), anEntry({ fingerprint: 'b'.repeat(16) })) }]), [['3 waiver.grant w.yaml /waivers/1'], []]);
    const [action] = deriveWith(waiverDeriver, { files: [{ path, head: file(anEntry()) }], document }).actions;
    assert.deepEqual([action?.place, action?.why], [{ path, line: 2, column: 1 }, 'Waives `contract/schema_invalid` of "contracts/a.yaml" until 2027-01-01, answered for by "team:a": "known".']);
  });

  it('tells an entry that ends later or says something else as an extension', () => {
    for (const change of [{ until: '2027-01-02' }, { reason: 'other' }, { owner: 'team:b' }]) {
      assert.deepEqual(derive([{ path, base: file(anEntry()), head: file(anEntry(change)) }])[0], ['3 waiver.extend w.yaml /waivers/0']);
    }
  });

  it('takes an entry for another path as a grant, whatever its fingerprint', () => {
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: file(anEntry({ path: 'contracts/b.yaml' })) }])[0], ['3 waiver.grant w.yaml /waivers/0']);
  });

  it('is a change of an own file, and no more, for an entry that goes, ends sooner, moves or is written otherwise', () => {
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: file() }])[0], ['3 config.change w.yaml']);
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: file(anEntry({ until: '2026-12-31' })) }])[0], ['3 config.change w.yaml']);
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: null }, { path: 'w2.yaml', head: `\n${file(anEntry())}` }])[0], ['3 config.change w.yaml', '3 config.change w2.yaml']);
    assert.deepEqual(derive([{ path, base: file(anEntry()), head: file(anEntry({ until: '2027-01-01T01:00+01:00' })) }])[0], ['3 config.change w.yaml']);
  });

  it('grants everything anew where the base grants nothing, since it is not valid', () => {
    assert.deepEqual(derive([{ path, base: 'nonsense', head: file(anEntry()) }])[0], ['3 waiver.grant w.yaml /waivers/0']);
  });

  it('can not tell while a side is out of reach', () => {
    assert.deepEqual(derive([{ path, base: file(), head: file(anEntry()) }], { world: { unavailable: () => true } }), [['3 config.change w.yaml'], ['snapshot/unreadable unknown', 'snapshot/unreadable unknown']]);
  });
});

describe('baseWaivers()', () => {
  const read = (files: readonly FileInput[], rest: Partial<Deriving> = {}): readonly [readonly string[], readonly string[]] => {
    const { waivers, findings } = baseWaivers(aChangeToDerive({ files, document, ...rest }, waiverRequests));
    return [waivers.map(({ code, until }) => `${code} ${until}`), codesOf(findings)];
  };

  it('gives what the base grants, whatever the change does to it', () => {
    const counted = [['contract/schema_invalid 2027-01-01T00:00:00.000Z'], []];
    assert.deepEqual(read([{ path, base: file(anEntry()) }]), counted);
    assert.deepEqual(read([{ path, base: file(anEntry()), head: null }]), counted);
    assert.deepEqual(read([{ path, base: file(anEntry()), head: file(anEntry({ until: '2027-01-02' })) }]), counted);
  });

  it('gives nothing of what only the head grants: attack', () => {
    assert.deepEqual(read([{ path, head: file(anEntry()) }]), [[], []]);
  });

  it('gives nothing of a file that the base does not name', () => {
    assert.deepEqual(read([{ path: 'other.yaml', base: file(anEntry()), roles: ['own'] }]), [[], []]);
  });

  it('leaves out what ends too late or can not be waived, however it came into the base', () => {
    assert.deepEqual(read([{ path, base: file(anEntry({ until: '2028-01-01' }), anEntry({ code: 'contract/removed' })) }]), [[], []]);
  });

  it('leaves out the rules of the organisation', () => {
    const state = { organizationText: 'version: 1\nrules: {contract/schema_invalid: enforce}\n' };
    assert.deepEqual(read([{ path, base: file(anEntry(), anEntry({ code: 'schema/incompatible' })) }], { snapshot: { configuration: state } }), [['schema/incompatible 2027-01-01T00:00:00.000Z'], []]);
  });

  it('says that a file of the base is not valid, and that it is out of reach', () => {
    assert.deepEqual(read([{ path, base: file(anEntry(), {}) }]), [[], ['config/base_invalid notice']]);
    assert.deepEqual(read([{ path, base: file(anEntry()) }], { world: { unavailable: () => true } }), [[], ['snapshot/unreadable unknown']]);
  });
});

describe('waiverFindings()', () => {
  const contract = { path: 'contracts/a.yaml', base: 'a', head: 'b' };
  const judge = (files: readonly FileInput[], findings: readonly Finding[] = [], rest: Partial<Deriving> = {}): readonly string[] => {
    const change = aChangeToDerive({ files, document, ...rest }, (one) => [...waiverRequests(one), ...waiverDeriver.plan(one)]);
    return waiverFindings(change, findings).map(({ code, severity, line }) => `${code} ${severity} ${line}`);
  };
  const needed = { ...finding({ code: 'contract/schema_invalid', path: 'contracts/a.yaml', message: 'm', next: 'n' }), fingerprint: 'a'.repeat(16) };

  it('refuses a new entry that ends too late or can not be waived, with its line', () => {
    assert.deepEqual(judge([{ path, head: file(anEntry({ until: '2027-02-19' }), anEntry({ code: 'contract/removed' })) }]), ['waiver/too_long deny 2', 'waiver/not_waivable deny 3']);
  });

  it('refuses a new entry for a code that the organisation sets', () => {
    const state = { organizationText: 'version: 1\nrules: {"*": enforce}\n' };
    assert.deepEqual(judge([{ path, head: file(anEntry()) }], [], { snapshot: { configuration: state } }), ['waiver/not_waivable deny 2']);
  });

  it('only gives notice of what stood in the base', () => {
    const entries = [anEntry({ until: '2028-01-01' }), anEntry({ code: 'contract/removed' }), anEntry({ until: '2026-11-20' })];
    assert.deepEqual(judge([{ path, base: file(...entries) }, contract]), ['waiver/too_long notice 2', 'waiver/not_waivable notice 3', 'waiver/expired notice 4']);
  });

  it('says nothing of an old entry while the change is about something else', () => {
    assert.deepEqual(judge([{ path, base: file(anEntry({ until: '2026-11-20' }), anEntry({ code: 'contract/removed' })) }]), []);
  });

  it('says that a waiver is needed no more when its path goes, or was gone when its file is touched', () => {
    assert.deepEqual(judge([{ path, base: file(anEntry()) }, { ...contract, head: null }]), ['waiver/orphaned notice 2']);
    assert.deepEqual(judge([{ path, base: file(anEntry()), head: `\n${file(anEntry())}` }]), ['waiver/orphaned notice 3']);
  });

  it('says that a waiver is needed no more when the change mends what its file had, and not while the finding is there', () => {
    assert.deepEqual(judge([{ path, base: file(anEntry()) }, contract]), ['waiver/orphaned notice 2']);
    assert.deepEqual(judge([{ path, base: file(anEntry()) }, contract], [needed]), []);
  });

  it('never calls orphaned what could not be judged, is about what a change does, or is not governed', () => {
    const unknown = finding({ code: 'contract/record_incomplete', message: 'm', next: 'n' });
    assert.deepEqual(judge([{ path, base: file(anEntry()) }, contract], [unknown]), []);
    assert.deepEqual(judge([{ path, base: file(anEntry({ code: 'contract/version_bump_too_small' })) }, contract]), []);
    assert.deepEqual(judge([{ path, base: file(), head: file(anEntry({ path: 'elsewhere.md' })) }]), []);
  });
});

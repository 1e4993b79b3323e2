import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { Mend } from '../../../src/domain/mend.ts';
import { mendedText } from '../../../src/domain/mended-text.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import { bytesOf } from '../../builders/content.ts';
import { aSide } from '../../builders/content.ts';
import { judgeChange, told } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const released = aContract();
const stray = `sha256:${'9'.repeat(64)}` as const;
const mechanical = /immutable_changed|version_not_increased|version_bump_too_small|previous_ref_mismatch|fork|chain_broken|policy_checksum_mismatch/;

const mendsOf = (input: ChangeInput): readonly Mend[] => judgeChange(input).mends ?? [];
const editsOf = (head: string, more: Partial<ChangeInput> = {}) => mendsOf({ files: { [path]: { base: released, head } }, ...more }).map(({ edits }) => Object.fromEntries(edits.map(({ pointer, value }) => [pointer, value])));

/** The same change with the mends in it, as the commit of a click makes it. */
function mended(input: ChangeInput): ChangeInput {
  const mends = new Map(mendsOf(input).map((mend) => [mend.path, mend]));
  const files = Object.entries(input.files).map(([name, file]) => {
    const mend = mends.get(name);
    const text = mend === undefined || typeof file.head !== 'string' ? null : mendedText(bytesOf(file.head), mend);
    return [name, text === null ? file : { ...file, head: text }] as const;
  });
  return { ...input, files: Object.fromEntries(files) };
}

describe('findMends()', () => {
  it('gives a changed release a version and a link of its own', () => {
    const head = aContract({ spec: { limit: 9 } });
    assert.deepEqual(editsOf(head), [{ '/contractVersion': '2.0.0', '/previousContractRef': hashOf() }]);
  });

  it('names the file at the head and the findings that end', () => {
    const head = aContract({ spec: { limit: 9 } });
    const [mend] = mendsOf({ files: { [path]: { base: released, head } } });
    assert.deepEqual([mend?.path, mend?.blob, mend?.codes], [path, aSide(head).blob, ['contract/immutable_changed']]);
  });

  it('mends a wrong link and leaves the version that its author chose', () => {
    assert.deepEqual(editsOf(aContract({ version: '1.1.0', spec: { limit: 2 } })), [{ '/previousContractRef': hashOf() }]);
  });

  it('mends a version that does not come after the released one', () => {
    assert.deepEqual(editsOf(aContract({ version: '0.9.0', previous: hashOf(), spec: { limit: 2 } })), [{ '/contractVersion': '2.0.0' }]);
  });

  it('takes the link of a new id away', () => {
    assert.deepEqual(mendsOf({ files: { [path]: { head: aContract({ previous: hashOf({ id: 'other' }) }) } } }).map(({ edits }) => edits), [[{ pointer: '/previousContractRef', value: null }]]);
  });

  it('mends one change that releases two versions link by link', () => {
    const set = aContractSet({ layout: 'versioned' });
    const input: ChangeInput = {
      configured: { contracts: [set] },
      files: {
        'contracts/v1.yaml': { base: released },
        'contracts/v2.yaml': { head: aContract({ version: '2.0.0', previous: stray, spec: { limit: 2 } }) },
        'contracts/v3.yaml': { head: aContract({ version: '3.0.0', previous: stray, spec: { limit: 3 } }) },
      },
    };
    assert.deepEqual(mendsOf(input).map((mend) => mend.path), ['contracts/v2.yaml', 'contracts/v3.yaml']);
    assert.deepEqual(told(judgeChange(mended(input))).filter((one) => mechanical.test(one)), []);
  });

  const refused: Readonly<Record<string, ChangeInput>> = {
    'a change that is fine': { files: { [path]: { base: released, head: aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }) } } },
    'a contract whose set requires signatures': { configured: { contracts: [aContractSet({ signatures: 'required' })] }, files: { [path]: { base: released, head: aContract({ spec: { limit: 9 } }) } } },
    'a contract that states a signature': { files: { [path]: { base: released, head: aContract({ spec: { limit: 9 }, more: { signature: 'a..b' } }) } } },
    'a halted contract': { files: { [path]: { base: aContract({ flags: { halted: true } }), head: aContract({ flags: { halted: true }, spec: { limit: 9 } }) } } },
    'a base that is not what was released': { files: { [path]: { base: aContract({ spec: { limit: 3 } }), head: aContract({ spec: { limit: 9 } }) } }, released: [[path, released]] },
    'a file that can not be read': { files: { [path]: { base: released, head: 'contractId: [' } } },
    'a released path of the versioned layout': { configured: { contracts: [aContractSet({ layout: 'versioned' })] }, files: { [path]: { base: released, head: aContract({ spec: { limit: 9 } }) } } },
    'a released id that starts again elsewhere': { files: { [path]: { base: released }, 'contracts/again.yaml': { head: aContract({ version: '2.0.0', spec: { limit: 9 } }) } } },
    'a release that becomes a draft': { files: { [path]: { base: released, head: aContract({ lifecycle: 'draft', spec: { limit: 9 } }) } } },
    'an executable file, whose mode a commit could not keep': { files: { [path]: { base: released, head: { ...aSide(aContract({ spec: { limit: 9 } })), mode: '100755' } } }, world: { contents: [released, aContract({ spec: { limit: 9 } })] } },
    'a record that is not whole': { files: { [path]: { base: released, head: aContract({ spec: { limit: 9 } }) } }, world: { record: { kind: 'filling', done: 1, total: null, upTo: 'a' } } },
    'a released version that comes back': { files: { [path]: { base: aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } }), head: released } }, released: [[path, released], [path, aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } })]] },
  };
  for (const [what, input] of Object.entries(refused)) {
    it(`offers nothing for ${what}`, () => assert.deepEqual(mendsOf(input), []));
  }

  it('offers nothing for more files than one click mends', () => {
    const files = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`contracts/${index}.yaml`, { base: aContract({ id: `c${index}` }), head: aContract({ id: `c${index}`, spec: { limit: 9 } }) }]));
    assert.deepEqual([mendsOf({ files: files(50) }).length, mendsOf({ files: files(51) }).length], [50, 0]);
  });

  it('decides nothing: the verdict and its findings are those without it', () => {
    const { mends, ...verdict } = judgeChange({ files: { [path]: { base: released, head: aContract({ spec: { limit: 9 } }) } } });
    assert.deepEqual([mends?.length, verdict.verdict, verdict.findings.map(({ code }) => code)], [1, 'fail', ['contract/immutable_changed']]);
  });
});

const version = fc.constantFrom('0.0.1', '1.0.0', '1.0.1', '1.1.0', '2.0.0', 'v1.0.0', '1.0.0-rc.1', '3.0.0');
const previous = fc.constantFrom(null, hashOf(), hashOf({ spec: { limit: 2 } }), `sha256:${'9'.repeat(64)}` as const);
const head = fc.record({ version, previous, spec: fc.constantFrom({ limit: 1 }, { limit: 2 }, { limit: 1, more: [1, 'ü'] }), lifecycle: fc.constantFrom('active', 'draft', 'retired', 'deprecated'), more: fc.constantFrom({}, { policyBundleChecksum: `sha256:${'7'.repeat(64)}` }) });
const base = fc.constantFrom(released, aContract({ version: '2.0.0', previous: hashOf(), spec: { limit: 2 } }), aContract({ lifecycle: 'draft' }));

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 80;

it('a mended change has no mechanical finding in the mended files any more, and no finding that it did not have', () => {
  let offered = 0;
  fc.assert(
    fc.property(base, head, fc.boolean(), (before, after, isReleasedOnce) => {
      const input: ChangeInput = { files: { [path]: { base: before, head: aContract(after) } }, released: before.includes('draft') && !isReleasedOnce ? [] : [[path, released], ...(before === released || before.includes('draft') ? [] : [[path, before] as const])] };
      if (mendsOf(input).length === 0) return;
      offered += 1;
      const codes = new Set(judgeChange(input).findings.filter((one) => one.declared === 'deny').map(({ code }) => code));
      const left = judgeChange(mended(input)).findings.filter((one) => one.declared === 'deny').map(({ code }) => code);
      assert.deepEqual(left.filter((code) => mechanical.test(code) || !codes.has(code)), []);
    }),
    { seed: 37, numRuns },
  );
  assert.ok(offered > numRuns / 10, `only ${offered} mends were offered`);
});

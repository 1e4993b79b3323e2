import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aConfiguration, aSchemaSet } from '../../../builders/a-configuration.ts';
import { schemaRecordOf } from '../../../builders/a-schema-version.ts';
import { aSide } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { told } from '../a-change.ts';
import { judgeSchemaChange, upTo } from './a-schema-change.ts';

const [path, other] = ['schemas/name.json', 'schemas/title.json'];
/** Where no schema compiles. */
const unusable: World = { validate: () => ({ kind: 'unusable', why: 'type' }) };
const gone = [`hold schema/incompatible ${path}`];

describe('ways around compatibility', () => {
  test('deletion: a schema that is gone is held', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null } })), gone);
    assert.equal(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null }, sets: [{ compatibility: 'none' }] }).verdict, 'pass');
  });

  test('rename: a pure move passes, a move with a change is held as a removal', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, [other]: upTo(9) } })), []);
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, [other]: upTo(5) } })), gone);
  });

  test('rename first, change later: the versions came along', () => {
    const released = [{ [path]: upTo(9) }, { [path]: upTo(2) }, { [path]: null, [other]: upTo(2) }];
    const verdict = judgeSchemaChange({ base: { [other]: upTo(2) }, head: { [other]: upTo(5) }, released, sets: [{ compatibility: 'backward_transitive' }] });
    assert.deepEqual(told(verdict), [`hold schema/incompatible ${other}:3`]);
  });

  test('case-only rename with a change is held as a removal', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, 'schemas/Name.json': upTo(5) } })), gone);
  });

  test('JSON to YAML twin: the same value moves, another one does not', () => {
    const twin = 'schemas/name.yaml';
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, [twin]: 'type: string\nmaxLength: 9\n' } })), []);
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, [twin]: 'type: string\nmaxLength: 8\n' } })), gone);
  });

  test('a move out of the governed globs is held, with the content as it was', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, 'docs/name.json': upTo(9) } })), gone);
  });

  test('a move to where less is demanded is held, to where as much is demanded it passes', () => {
    const strict = { paths: ['schemas/*.json'], compatibility: 'backward_transitive' };
    for (const [looser, verdict] of [[{ compatibility: 'none' }, 'hold'], [{ compatibility: 'backward' }, 'hold'], [{ compatibility: 'forward_transitive' }, 'hold'], [{ compatibility: 'backward_transitive', preset: 'lenient' }, 'hold'], [{ compatibility: 'full_transitive' }, 'pass']] as const) {
      const sets = [strict, { paths: ['lax/*.json'], ...looser }];
      assert.equal(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: null, 'lax/name.json': upTo(9) }, sets }).verdict, verdict, JSON.stringify(looser));
    }
  });

  test('symlink or submodule in place of the file is held as a removal', () => {
    for (const mode of ['120000', '160000'] as const) assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: aSide(upTo(9), mode) } })), gone);
  });

  test('a file that is empty or broken, or does not compile, is left to the change gate, which denies it', () => {
    for (const head of ['', '{']) assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: head } })), []);
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, world: unusable })), []);
  });

  test('where only compatibility is enforced, a file that is broken or does not compile is held all the same', () => {
    const [observe, enforce] = [{ kind: 'observe' }, { kind: 'enforce' }] as const;
    const rules = { '*': observe, 'schema/incompatible': enforce, 'schema/undecided': enforce };
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: '{' }, rules })), gone);
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, rules, world: unusable })), [`hold schema/undecided ${path}:1`]);
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, rules: { '*': observe }, world: unusable })), []);
  });

  test('deletion by direct push: what comes back is compared with every recorded version', () => {
    const released = [{ [path]: upTo(5) }, { [path]: upTo(9) }, { [path]: null }];
    assert.deepEqual(told(judgeSchemaChange({ head: { [path]: upTo(7) }, released })), [`hold schema/incompatible ${path}:3`]);
    assert.deepEqual(told(judgeSchemaChange({ head: { [path]: upTo(9) }, released })), []);
  });

  test('deletion after a step back: what comes back is compared with the content that stood last, although it was recorded before another', () => {
    const released = [{ [path]: upTo(9) }, { [path]: upTo(5) }, { [path]: upTo(9) }, { [path]: null }];
    assert.deepEqual(told(judgeSchemaChange({ head: { [path]: upTo(7) }, released })), [`hold schema/incompatible ${path}:3`]);
  });

  test('garbage by direct push: the repair is compared with every recorded version', () => {
    const released = [{ [path]: upTo(9) }];
    assert.deepEqual(told(judgeSchemaChange({ base: { [path]: '{' }, head: { [path]: upTo(7) }, released })), [`hold schema/incompatible ${path}:3`]);
  });

  test('breaking change by direct push: transitively, the next change is held until the break is mended', () => {
    const pushed = { base: { [path]: upTo(5) }, released: [{ [path]: upTo(9) }, { [path]: upTo(5) }], sets: [{ compatibility: 'backward_transitive' }] };
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [path]: upTo(6) } })), [`hold schema/incompatible ${path}:3`]);
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [path]: upTo(9) } })), []);
  });

  test('a schema over another one: the overwritten path is compared with what it had', () => {
    const verdict = judgeSchemaChange({ base: { [path]: upTo(9), [other]: upTo(5) }, head: { [path]: upTo(5), [other]: null } });
    assert.deepEqual(told(verdict), [`hold schema/incompatible ${path}:3`]);
  });

  test('many places: one finding each up to a limit, and the rest as one that no waiver for another silences', () => {
    const differences = Array.from({ length: 500 }, (_, index) => ({ kind: 'type_narrowed', direction: 'backward', pointer: `/properties/p${index}`, olderPointer: null, message: 'narrower' }) as const);
    const world = { compare: () => ({ answer: 'breaking', differences, doubts: [], witness: null, accepted: [] }) as const };
    const { findings } = judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, world });
    assert.deepEqual([findings.length, new Set(findings.map((one) => one.fingerprint)).size], [21, 21]);
    assert.match(findings.at(-1)?.message ?? '', /480 more places/);
  });
});

describe('ways around the versioned layout', () => {
  const sets = [{ layout: 'versioned' }] as const;
  const [v1, v2, v3] = ['schemas/name/v1.json', 'schemas/name/v2.json', 'schemas/name/v3.json'];
  const denied = (at: string, line = '') => `deny schema/immutable_changed ${at}${line}`;

  test('a released path that changes is denied, at the place and with the command that mends it', () => {
    const verdict = judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { [v1]: upTo(12) }, sets });
    assert.deepEqual(told(verdict), [denied(v1, ':3')]);
    assert.match(verdict.findings[0]?.next ?? '', /^Run `git checkout 0{40} -- schemas\/name\/v1\.json` and commit/);
  });

  test('a released path that is reformatted passes', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { [v1]: '{"maxLength":9,"type":"string"}' }, sets })), []);
  });

  test('a released path that is deleted, or becomes a symlink or garbage, is denied', () => {
    for (const side of [null, aSide('x', '120000'), '{']) assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { [v1]: side }, sets })), [denied(v1)]);
  });

  test('a released path that moves is denied, to a next version, to another family, or to a name without a version', () => {
    for (const to of [v2, 'schemas/moved/v1.json', 'schemas/name.json']) assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { [v1]: null, [to]: upTo(9) }, sets })), [denied(v1)]);
  });

  test('a move by direct push takes nothing away: the path of what it was still comes before the next version', () => {
    for (const to of ['schemas/name.json', 'schemas/moved/v1.json']) {
      const pushed = { base: { [to]: upTo(9) }, released: [{ [v1]: upTo(9) }, { [v1]: null, [to]: upTo(9) }], sets };
      assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [v2]: upTo(5) } })), [`hold schema/incompatible ${v2}:3`]);
      assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [to]: upTo(5) } })), [denied(to, ':3')]);
    }
  });

  test('a mutation that was pushed directly is no release: only the released content may come back', () => {
    const pushed = { base: { [v1]: upTo(5) }, released: [{ [v1]: upTo(9) }, { [v1]: upTo(5) }], sets };
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [v1]: upTo(6) } })), [denied(v1, ':3')]);
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [v1]: upTo(9) } })), []);
  });

  test('a released path that was deleted by a push and comes back with another content is denied', () => {
    const pushed = { released: [{ [v1]: upTo(9) }, { [v1]: null }], sets };
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [v1]: upTo(12) } })), [denied(v1, ':1')]);
    assert.deepEqual(told(judgeSchemaChange({ ...pushed, head: { [v1]: upTo(9) } })), []);
  });

  test('a new version is compared with the greatest lower one, transitively with all', () => {
    const base = { [v1]: upTo(9), [v2]: upTo(3) };
    assert.deepEqual(told(judgeSchemaChange({ base, head: { [v3]: upTo(5) }, sets })), []);
    assert.deepEqual(told(judgeSchemaChange({ base, head: { [v3]: upTo(2) }, sets })), [`hold schema/incompatible ${v3}:3`]);
    assert.deepEqual(told(judgeSchemaChange({ base, head: { [v3]: upTo(5) }, sets: [{ layout: 'versioned', compatibility: 'backward_transitive' }] })), [`hold schema/incompatible ${v3}:3`]);
  });

  test('version ten comes after version nine', () => {
    const base = { 'schemas/name/v9.json': upTo(5), 'schemas/name/v1.json': upTo(1) };
    assert.deepEqual(told(judgeSchemaChange({ base, head: { 'schemas/name/v10.json': upTo(3) }, sets })), ['hold schema/incompatible schemas/name/v10.json:3']);
  });

  test('two versions in one change: the later one is compared with the earlier', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(5) }, head: { [v2]: upTo(9), [v3]: upTo(5) }, sets })), [`hold schema/incompatible ${v3}:3`]);
  });

  test('one version written in another way follows the one that it repeats', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(1), [v2]: upTo(9) }, head: { 'schemas/name/2.0.json': upTo(5) }, sets })), ['hold schema/incompatible schemas/name/2.0.json:3']);
  });

  test('a version that the base has lost still comes before the next', () => {
    const verdict = judgeSchemaChange({ base: { [v1]: upTo(1) }, head: { [v3]: upTo(5) }, released: [{ [v1]: upTo(1) }, { [v2]: upTo(9) }, { [v2]: null }], sets });
    assert.deepEqual(told(verdict), [`hold schema/incompatible ${v3}:3`]);
  });

  test('a file of the base that the record does not have yet comes before the next all the same', () => {
    assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { [v2]: upTo(5) }, released: [], sets })), [`hold schema/incompatible ${v2}:3`]);
  });

  test('an older version that is in the way is named with the commit that has it', () => {
    const pattern = '{"pattern":"a"}';
    const message = (at: string, parts: object) => judgeSchemaChange({ base: { [v1]: pattern }, head: { [at]: upTo(5) }, ...parts }).findings[0]?.message ?? '';
    assert.match(message(v2, { sets }), /compatibility with schemas\/name\/v1\.json \(0{12}\) at/);
    assert.match(message(v1, {}), /compatibility with the base \(b{12}\) at/);
  });

  test('a path without a version is compared with nothing, and the decision says so', () => {
    const verdict = judgeSchemaChange({ base: { [v1]: upTo(9) }, head: { 'schemas/name/next.json': upTo(5) }, sets });
    assert.equal(verdict.verdict, 'pass');
    assert.ok(verdict.skipped.some(({ rule, why }) => rule === 'schema/incompatible' && why.includes('schemas/name/next.json')));
  });

  test('a layout that becomes versioned freezes what the base has then, whatever its history', () => {
    const record = schemaRecordOf(aConfiguration({ schemas: [aSchemaSet()] }), [{ [v1]: upTo(5) }, { [v1]: upTo(9) }, { [v1]: upTo(5) }]);
    assert.deepEqual(told(judgeSchemaChange({ base: { [v1]: upTo(5) }, head: { [v1]: upTo(9) }, sets, record })), [denied(v1, ':3')]);
  });
});

describe('more than a machine can compare', () => {
  const versions = process.env['PLUMBLINE_LONG'] === '1' ? 1_500 : 500;

  test(`${versions} new versions of one family are judged in time, and what is not compared is held`, () => {
    const paths = Array.from({ length: versions }, (_, index) => `schemas/name/v${index + 1}.json`);
    const head = Object.fromEntries(paths.map((path, index) => [path, upTo(index + 1)]));
    let asked = 0;
    const compare = () => {
      asked += 1;
      return { answer: 'compatible', differences: [], doubts: [], witness: null, accepted: [] } as const;
    };
    const before = performance.now();
    const verdict = judgeSchemaChange({ head, sets: [{ layout: 'versioned', compatibility: 'full_transitive' }], world: { compare } });
    assert.ok(performance.now() - before < versions * 13);
    assert.equal(asked, 1_000);
    assert.equal(verdict.verdict, 'hold');
    assert.ok(verdict.findings.every((one) => one.code === 'schema/undecided') && verdict.findings.length > versions - 100);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { schemaRecordOf } from '../../../builders/a-schema-version.ts';
import { aConfiguration, aSchemaSet } from '../../../builders/a-configuration.ts';
import { told } from '../a-change.ts';
import { judgeSchemaChange, upTo } from './a-schema-change.ts';

const path = 'schemas/name.json';
const incompatible = `hold schema/incompatible ${path}:3`;

describe('a schema that is changed in place', () => {
  test('a change that accepts whatever the base accepts passes, and the gate says what it looked at', () => {
    const verdict = judgeSchemaChange({ base: { [path]: upTo(5) }, head: { [path]: upTo(9) } });
    assert.deepEqual([verdict.verdict, verdict.applies, verdict.covered, verdict.findings], ['pass', true, [path], []]);
    assert.deepEqual(verdict.evaluated, [{ rule: 'schema/incompatible', subjects: 1 }, { rule: 'schema/undecided', subjects: 1 }]);
  });

  test('a change that refuses what the base accepts is held, with line, witness, mode and preset', () => {
    const verdict = judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) } });
    assert.deepEqual([verdict.verdict, told(verdict)], ['hold', [incompatible]]);
    const [finding] = verdict.findings;
    assert.equal(
      finding?.message,
      'The schema "schemas/name.json" breaks backward compatibility with the base at "/maxLength" (max_length_lowered): the greatest length was 9 and is 5. Witness: "xxxxxxxxx" is accepted by the base and refused by this one (must NOT have more than 5 characters). Judged by the preset "semantic" of its set. This change is held: a person may release it.',
    );
    assert.deepEqual([finding.column, finding.found, finding.expected], [3, 'max_length_lowered', 'a schema that accepts whatever the base accepts']);
  });

  for (const [compatibility, wider, narrower] of [['none', false, false], ['backward', false, true], ['forward', true, false], ['full', true, true]] as const) {
    test(`under ${compatibility} widening is ${wider ? 'held' : 'fine'} and narrowing is ${narrower ? 'held' : 'fine'}`, () => {
      const held = (to: number) => judgeSchemaChange({ base: { [path]: upTo(5) }, head: { [path]: upTo(to) }, sets: [{ compatibility }] }).verdict === 'hold';
      assert.deepEqual([held(9), held(3)], [wider, narrower]);
    });
  }

  test('what can not be decided is held, with the keyword in the way', () => {
    const verdict = judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: '{\n  "type": "string",\n  "pattern": "a"\n}\n' } });
    assert.deepEqual([verdict.verdict, told(verdict), verdict.findings[0]?.found], ['hold', [`hold schema/undecided ${path}:3`], 'pattern']);
  });

  test('a schema that is new, or changed in its bytes alone, is compared with nothing', () => {
    const refuse = () => assert.fail('nothing is to be compared');
    assert.equal(judgeSchemaChange({ head: { [path]: upTo(5) }, world: { compare: refuse } }).verdict, 'pass');
    assert.equal(judgeSchemaChange({ base: { [path]: upTo(5) }, head: { [path]: '{"maxLength":5,"type":"string"}' }, sets: [{ compatibility: 'full_transitive' }], world: { compare: refuse } }).verdict, 'pass');
  });

  test('a schema that does not compile is the change gate\'s to refuse, and is not compared', () => {
    const world = { validate: () => ({ kind: 'unusable', why: 'no' }) as const, compare: () => assert.fail('nothing is to be compared') };
    assert.equal(judgeSchemaChange({ base: { [path]: upTo(5) }, head: { [path]: upTo(3) }, world }).verdict, 'pass');
  });

  test('all sets that cover a path hold, whatever their order', () => {
    for (const sets of [[{ compatibility: 'none' }, { compatibility: 'backward' }], [{ compatibility: 'backward' }, { compatibility: 'none' }]]) {
      assert.deepEqual(told(judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, sets })), [incompatible]);
    }
  });

  test('a fingerprint names place and kinds, not lines, values or versions', () => {
    const prints = [upTo(5), `\n\n${upTo(4)}`, upTo(3, ',\n  "minLength": 1')].map((text) => judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: text } }).findings[0]?.fingerprint);
    assert.equal(new Set(prints).size, 1);
  });
});

describe('transitively', () => {
  const sets = [{ compatibility: 'backward_transitive' }];
  const released = [{ [path]: upTo(9) }, { [path]: upTo(2) }];

  test('a change is compared with every recorded version, and one finding names them', () => {
    const narrow = { base: { [path]: upTo(2) }, head: { [path]: upTo(5) }, released };
    assert.equal(judgeSchemaChange(narrow).verdict, 'pass');
    const verdict = judgeSchemaChange({ ...narrow, sets });
    assert.deepEqual(told(verdict), [incompatible]);
    assert.match(verdict.findings[0]?.message ?? '', /breaks backward_transitive compatibility with the version of 000000000000 at/);
  });

  test('a revert to an older version is judged like any other change', () => {
    const [full, revert] = [[{ compatibility: 'full_transitive' }], { base: { [path]: upTo(9) }, head: { [path]: upTo(2) }, released: [{ [path]: upTo(2) }, { [path]: upTo(9) }] }];
    assert.deepEqual(told(judgeSchemaChange({ ...revert, sets: full })), [incompatible]);
  });

  test('a record that has not caught up with the base is inconclusive', () => {
    const change = { base: { [path]: upTo(5) }, head: { [path]: upTo(9) }, released: [{ [path]: upTo(2) }] };
    assert.deepEqual(told(judgeSchemaChange({ ...change, sets })), [`unknown contract/record_incomplete ${path}:1`]);
    assert.equal(judgeSchemaChange(change).verdict, 'pass');
  });

  test('more versions than are compared are held, not passed over', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ [path]: upTo(index + 1) }));
    const verdict = judgeSchemaChange({ base: { [path]: upTo(150) }, head: { [path]: upTo(200) }, released: many, sets });
    assert.deepEqual(told(verdict), [`hold schema/undecided ${path}:1`]);
    assert.match(verdict.findings[0]?.message ?? '', /50 more older versions than are compared/);
  });
});

describe('what is not known is never a pass', () => {
  const change = { base: { [path]: upTo(5) }, head: { [path]: upTo(9) } };
  const sets = [{ compatibility: 'backward_transitive' }];
  const released = [{ [path]: upTo(2) }, { [path]: upTo(5) }];

  for (const kind of ['record', 'blob', 'schema-versions', 'validation', 'comparison'] as const) {
    test(`a missing answer to ${kind} is inconclusive`, () => {
      const verdict = judgeSchemaChange({ ...change, sets, released, world: { unavailable: (request) => request.kind === kind } });
      assert.equal(verdict.verdict, 'inconclusive');
    });
  }

  test('an older content that can not be read is inconclusive, for all its other contents', () => {
    const lost = schemaRecordOf(aConfiguration({ schemas: [aSchemaSet()] }), released)[0]?.blob;
    const verdict = judgeSchemaChange({ ...change, sets, released, world: { unavailable: (request) => request.kind === 'blob' && request.blob === lost } });
    assert.deepEqual(told(verdict), [`unknown snapshot/unreadable ${path}`]);
  });

  test('a record that is still being filled is inconclusive, and says how far it is', () => {
    const verdict = judgeSchemaChange({ ...change, world: { record: { kind: 'filling', done: 3, total: 9, upTo: null } } });
    assert.deepEqual(told(verdict), ['unknown contract/record_incomplete -']);
  });
});

test('a break in a schema that was not compiled within the limits is held as undecided, not left to another gate', () => {
  const verdict = judgeSchemaChange({ base: { [path]: upTo(9) }, head: { [path]: upTo(5) }, world: { validate: () => ({ kind: 'undecided', why: 'it took longer than 3000 ms' }) } });
  assert.deepEqual([verdict.verdict, told(verdict)], ['hold', [`hold schema/undecided ${path}:1`]]);
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { auditEvents, leafOf } from '../../src/audit/entry.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { readEntry } from '../../src/audit/read-entry.ts';
import { canonicalText } from '../../src/domain/canonical.ts';
import type { JsonValue } from '../../src/domain/json-value.ts';
import schema from '../../schemas/audit-entry.schema.json' with { type: 'json' };
import { aDraft, TestLog } from '../builders/a-log.ts';

const runs = { seed: 1, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 5_000 : 100 };
const isValid = new Ajv({ strict: true, ownProperties: true }).compile(schema);

function anEntry(overrides: Partial<AuditEntry> = {}): AuditEntry {
  return { ...new TestLog().append(aDraft({ links: ['a'] })), ...overrides };
}

const text = fc.string({ unit: fc.constantFrom('a', '"', '\\', '/', '\n', '\u0000', '\u001f', '\u007f', '\u2028', 'é', '😀', '\\ud', 'ud800'), maxLength: 12 });
const entry = fc.record({ subject: text, outcome: text, links: fc.array(text, { maxLength: 3 }), repository: fc.option(fc.record({ id: fc.nat(), name: text }, { noNullPrototype: true })), sequence: fc.maxSafeNat(), event: fc.constantFrom(...auditEvents) }).map((overrides) => anEntry(overrides));

suite('readEntry()', () => {
  test('reads every entry that leafOf() writes, and the schema accepts it', () => {
    fc.assert(fc.property(entry, (written) => {
      const reading = readEntry(Buffer.from(leafOf(written)).toString());
      assert.deepEqual(reading.kind === 'entry' && reading.entry, written);
      assert.ok(isValid(written), JSON.stringify(isValid.errors));
    }), runs);
  });

  test('accepts a changed entry only when the schema does and it is in RFC 8785 form', () => {
    const values: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue[]>(null, 0, 1, -1, 0.5, 2 ** 53, '', 'x', 'a.b', [], ['x'], [1], {}, { digest: `sha256:${'0'.repeat(64)}` }, { digest: 'sha256:0' }, { id: 1, name: 'x' }, true);
    const member = fc.constantFrom(...Object.keys(anEntry()), 'other');
    fc.assert(fc.property(member, fc.option(values, { nil: undefined }), (name, value) => {
      const changed: Record<string, JsonValue> = { ...(JSON.parse(Buffer.from(leafOf(anEntry())).toString()) as Record<string, JsonValue>) };
      if (value === undefined) delete changed[name];
      else changed[name] = value;
      assert.equal(readEntry(canonicalText(changed)).kind === 'entry', isValid(changed), `${name} ${JSON.stringify(value)}`);
    }), runs);
  });

  test('refuses any other spelling of an entry', () => {
    const leaf = Buffer.from(leafOf(anEntry({ outcome: 'a\n\u0001\u001fé/' }))).toString();
    for (const [from, to] of [['\\n', '\\u000a'], ['\\u0001', '\\U0001'], ['\\u001f', '\\u001F'], ['é', '\\u00e9'], ['/', '\\/'], ['"links":["a"]', '"links":[ "a"]'], ['"version":1', '"version":1e0'], ['{"account"', ' {"account"'], ['"account":42', '"account":42,"account":42']] as const) {
      assert.ok(leaf.includes(from), from);
      assert.notEqual(readEntry(leaf.replace(from, to)).kind, 'entry', to);
    }
  });

  test('keeps an event of a later release and reports a later form as newer', () => {
    const leaf = Buffer.from(leafOf(anEntry())).toString();
    assert.equal(readEntry(leaf.replace('decision.made', 'quota.exceeded')).kind, 'entry');
    assert.deepEqual(readEntry('{"version":2}'), { kind: 'newer', version: 2 });
  });

  test('never throws on what an attacker writes', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), (written) => {
      assert.notEqual(readEntry(written).kind, 'entry');
    }), runs);
  });

  test('the schema names every event', () => {
    assert.deepEqual(auditEvents.filter((event) => !schema.properties.event.examples.includes(event)), []);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditEvents } from '../../src/audit/entry.ts';
import { eventsOfClass, retentionClasses, retentionClassOf } from '../../src/audit/retention-class.ts';

test('every event is of exactly one class', () => {
  const all = [...retentionClasses, 'record' as const].flatMap((one) => eventsOfClass(one));
  assert.deepEqual(all.toSorted(), auditEvents.toSorted());
  for (const event of auditEvents) assert.ok(eventsOfClass(retentionClassOf(event)).includes(event));
});

test('what shows how a log came to be as it is is of the record, and so is what a later release may write', () => {
  const record = ['key.rotated', 'checkpoint.sealed', 'release.recorded', 'release.adopted', 'release.state_changed', 'retention.applied', 'retention.erased', 'retention.held', 'retention.released'];
  assert.deepEqual(eventsOfClass('record').toSorted(), record.toSorted());
  for (const event of ['release.invented', 'toString', '']) assert.equal(retentionClassOf(event), 'record');
});

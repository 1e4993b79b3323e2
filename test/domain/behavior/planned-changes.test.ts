import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plannedChanges } from '../../../src/domain/behavior/planned-changes.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';

const change = (address: string, ...actions: readonly string[]): JsonObject => ({ address, mode: 'managed', type: 'aws_s3_bucket', change: { actions, before: { password: 'hush' }, after: { password: 'hush' } } });
const plan = (members: JsonObject = {}): JsonObject => ({ format_version: '1.2', terraform_version: '1.9.0', planned_values: { root_module: {} }, resource_changes: [], ...members });

test('plannedChanges() lists what is not to stay, by address and action, and no value of it', () => {
  const reading = plannedChanges(plan({ resource_changes: [change('b', 'delete', 'create'), change('c', 'no-op'), change('a', 'update'), change('data.d', 'read')] }));
  assert.deepEqual(reading, {
    kind: 'plan',
    differences: [
      { kind: 'planned', address: 'a', actions: ['update'] },
      { kind: 'planned', address: 'b', actions: ['delete', 'create'] },
      { kind: 'planned', address: 'data.d', actions: ['read'] },
    ],
  });
});

test('plannedChanges() of a plan without resources, which leaves the list out, has none', () => {
  const { resource_changes: _left, ...empty } = plan();
  assert.deepEqual(plannedChanges(empty), { kind: 'plan', differences: [] });
});

const unreadable: Readonly<Record<string, JsonValue>> = {
  'a state, which has values instead of planned ones': { format_version: '1.0', terraform_version: '1.9.0', values: {} },
  'another format': plan({ format_version: '2.0' }),
  'a plan without a format': { planned_values: {} },
  'a plan that failed': plan({ errored: true }),
  'a failure that is no boolean': plan({ errored: 'no' }),
  'a plan that leaves changes for later': plan({ complete: false }),
  'changes that are no list': plan({ resource_changes: {} }),
  'a change that is no object': plan({ resource_changes: [null] }),
  'a change without an address': plan({ resource_changes: [{ change: { actions: ['no-op'] } }] }),
  'an address without end': plan({ resource_changes: [change('a'.repeat(1_001), 'no-op')] }),
  'no actions': plan({ resource_changes: [change('a')] }),
  'an action that nobody knows': plan({ resource_changes: [change('a', 'no-op', 'explode')] }),
  'an action that is no text': plan({ resource_changes: [{ address: 'a', change: { actions: [['no-op']] } }] }),
  'nothing': null,
  'a list': [],
};

for (const [name, value] of Object.entries(unreadable)) {
  test(`plannedChanges() can not read ${name}`, () => {
    assert.equal(plannedChanges(value).kind, 'unreadable');
  });
}

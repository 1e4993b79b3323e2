import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { keptForEver } from '../../src/config/retention-settings.ts';
import { Failure } from '../../src/domain/failure.ts';
import { anEnvironment } from '../builders/server-environment.ts';

const retentionOf = (changes: Readonly<Record<string, string>>) => readConfig(anEnvironment(changes)).retention;

test('without settings everything is kept for ever', () => {
  assert.deepEqual([retentionOf({}), retentionOf({ RETENTION_DRIFT: 'forever', RETENTION_INPUTS: '' })], [keptForEver, keptForEver]);
});

test('each class has its period in days, and what was judged is kept as long as its decisions when nothing else is said', () => {
  assert.deepEqual(retentionOf({ RETENTION_DECISIONS: '730d', RETENTION_COMMANDS: '90d' }), { ...keptForEver, inputs: 730, decisions: 730, commands: 90 });
  assert.deepEqual(retentionOf({ RETENTION_DECISIONS: '730d', RETENTION_INPUTS: '30d', RETENTION_GRANTS: '36500d', RETENTION_OPERATION: '400d', RETENTION_DRIFT: '91d' }), { inputs: 30, decisions: 730, grants: 36_500, commands: null, operation: 400, drift: 91 });
  assert.deepEqual(retentionOf({ RETENTION_INPUTS: '30d' }), { ...keptForEver, inputs: 30 });
});

test('every wrong period is told at once: too short, too long, of another form', () => {
  const wrong = { RETENTION_DECISIONS: '89d', RETENTION_GRANTS: '36501d', RETENTION_COMMANDS: '1y', RETENTION_OPERATION: '-90d', RETENTION_DRIFT: '0', RETENTION_INPUTS: '29d' };
  assert.throws(() => retentionOf(wrong), (thrown) => {
    assert.ok(thrown instanceof Failure && thrown.code === 'CONFIG_INVALID');
    for (const name of Object.keys(wrong)) assert.match(thrown.message, new RegExp(`  ${name} is "`));
    return true;
  });
});

test('what was judged is not kept longer than its decisions, which it tells', () => {
  for (const RETENTION_INPUTS of ['forever', '91d']) assert.throws(() => retentionOf({ RETENTION_DECISIONS: '90d', RETENTION_INPUTS }), /RETENTION_INPUTS is longer than RETENTION_DECISIONS/);
});

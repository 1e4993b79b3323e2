import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createColors } from 'picocolors';
import { auditOutputOf } from '../../../src/cli/audit/audit-output-of.ts';
import { ownThreads } from '../../../src/probes/worker-threads/thread-source.ts';

test('auditOutputOf() does not come back from a write before its reader takes more', async () => {
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const terminal = { words: [], write: (text: string) => void order.push(text), drained: () => gate.promise, tell: () => {}, color: createColors(false), isWatched: false, environment: {}, directory: '/', now: () => new Date(0), threads: ownThreads };
  const written = Promise.resolve(auditOutputOf(terminal).write('first')).then(() => order.push('second'));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(order, ['first']);
  gate.resolve();
  await written;
  assert.deepEqual(order, ['first', 'second']);
});

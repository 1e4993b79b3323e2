import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseComment } from '../../../src/domain/command/parse-comment.ts';
import { voteLine } from '../../../src/domain/command/vote-line.ts';

const head = 'a1b2c3d4e5'.repeat(4);

test('voteLine() is read as the command that it says, about the head that it is for', () => {
  for (const kind of ['approve', 'unapprove', 'reject'] as const) {
    for (const scope of ['all', 'schema/incompatible', 'workflow.permission_widen']) {
      const reading = parseComment(`${voteLine(kind, scope, head)} why`);
      assert.deepEqual(reading, { kind: 'command', command: { kind, scope, sha: head.slice(0, 12), reason: 'why' } });
    }
  }
});

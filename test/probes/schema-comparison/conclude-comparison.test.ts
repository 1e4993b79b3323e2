import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparedSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';
import { concludeComparison } from '../../../src/probes/schema-comparison/conclude-comparison.ts';

async function concluded(compared: Partial<ComparedSchemas>): Promise<string> {
  const everything = await compileSchema('true');
  assert.ok(everything.kind === 'compiled');
  return concludeComparison({ answer: 'compatible', suspicions: [], doubts: [], samples: [], accepted: [], ...compared }, { older: everything, newer: everything }).answer;
}

for (const answer of ['breaking', 'undecided'] as const) {
  test(`concludeComparison() throws at an answer ${answer} without a reason, and never takes it for compatible`, async () => {
    await assert.rejects(concluded({ answer }), /does not name/);
  });
}

test('concludeComparison() is compatible only where the engine says so', async () => {
  assert.equal(await concluded({}), 'compatible');
  assert.equal(await concluded({ doubts: [{ direction: 'backward', keyword: null, pointer: '', why: 'a limit' }] }), 'undecided');
});

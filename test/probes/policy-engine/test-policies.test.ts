import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { testPolicies } from '../../../src/probes/policy-engine/test-policies.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';

const { path: folder, remove } = aTemporaryDirectory();
after(remove);

/** What comes of a program that reports this of the tests, and finds no rules. */
async function reported(report: string, code: number): Promise<string> {
  const path = join(folder, 'opa');
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = inspect ]; then echo '{}'; exit 0; fi\ncat <<'END'\n${report}\nEND\nexit ${code}\n`, { mode: 0o755 });
  const tests = await testPolicies({ path }, []);
  return tests.kind === 'tested' ? tests.tests.map(({ outcome }) => outcome).join(' ') : tests.kind;
}

const good = { location: { file: 'a_test.rego', row: 1 }, package: 'data.a_test', name: 'test_a' };

test('tests are read as OPA reports them where its exit code agrees', async () => {
  assert.equal(await reported(JSON.stringify([good, { ...good, fail: true }, { ...good, skip: true }, { ...good, error: { message: 'm' } }]), 2), 'pass fail skip error');
  assert.equal(await reported(JSON.stringify([good]), 0), 'pass');
});

for (const [what, entry] of [['no object', 1], ['no location', { ...good, location: null }], ['no name', { ...good, name: undefined }], ['no package', { ...good, package: 1 }], ['a failure that is a text', { ...good, fail: 'true' }], ['an error that is a text', { ...good, error: 'broke' }]] as const) {
  test(`a reported test with ${what} is not counted as one that passes: nothing is known`, async () => {
    assert.equal(await reported(JSON.stringify([good, entry]), 0), 'unavailable');
  });
}

test('a report that is cut, or silent, is no report', async () => {
  assert.deepEqual([await reported(`[${JSON.stringify(good)},`, 0), await reported('', 0)], ['unavailable', 'unavailable']);
});

test('an exit code that is not what the report says is believed no more than the report', async () => {
  for (const [entries, code] of [[[good], 2], [[good], 1], [[], 2], [[{ ...good, fail: true }], 0], [[{ ...good, error: {} }], 0]] as const) assert.equal(await reported(JSON.stringify(entries), code), 'unavailable');
});

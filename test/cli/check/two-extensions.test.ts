import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import { configuration, contractText } from '../contract-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

test('of two branches that extend one version both are allowed until one is merged; then the other is a fork', async (t) => {
  const made = aRepository(t);
  const versioned = configuration.replace('schema:', 'layout: versioned\n    signatures: optional\n    schema:');
  made.commit({ '.github/plumbline.yml': versioned, 'contracts/v1.yaml': contractText() });
  const hash = (await runPlumbline(made.directory, ['contract', 'hash', 'contracts/v1.yaml'])).stdout.trim();
  for (const [branch, version] of [['first', '2.0.0'], ['second', '2.1.0']] as const) {
    made.git('checkout', '-q', '-b', branch, 'main');
    made.commit({ [`contracts/${branch}.yaml`]: contractText({ version, previous: hash, spec: `{promise: ${branch}}` }) });
  }
  const check = async (head: string) => await runPlumbline(made.directory, ['check', '--base', 'main', '--head', head, '--format', 'json']);
  assert.deepEqual([(await check('first')).code, (await check('second')).code], [0, 0]);
  made.git('checkout', '-q', 'main');
  made.git('merge', '-q', '--no-ff', '-m', 'Merge', 'first');
  const late = await check('second');
  assert.equal(late.code, 1);
  assert.match(late.stdout, /contract\/fork/);
});

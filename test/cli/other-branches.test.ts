import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { TestRepository } from '../builders/a-repository.ts';
import { aContractRepository, configuration, contractText } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';

const path = 'contracts/other.yaml';
const other = (limit: number) => ({ [path]: contractText({ id: 'other', spec: `{promise: ${limit}}` }) });
const governing = configuration.replace('version: 1\n', 'version: 1\nbranches:\n  - {entry: main, names: [main]}\n  - {entry: rel, names: ["rel/*"]}\n');

/** A branch `rel/1` of another entry, which has released `other`, and the branch `topic` of main. */
function aRepositoryOfTwo(context: TestContext): TestRepository {
  const made = aContractRepository(context, { '.github/plumbline.yml': governing });
  made.git('checkout', '-q', '-b', 'rel/1', 'main');
  made.commit(other(1), 'Release other');
  made.git('checkout', '-q', 'topic');
  return made;
}

async function judged(made: TestRepository): Promise<readonly [code: number | null, findings: readonly string[], skipped: readonly string[]]> {
  const { code, stdout } = await runPlumbline(made.directory, ['check', '--format', 'json', '--gate', 'change', 'contracts']);
  const verdicts: readonly { readonly findings: readonly { readonly code: string }[]; readonly skipped: readonly { readonly rule: string }[] }[] = JSON.parse(stdout).verdicts;
  return [code, verdicts.flatMap(({ findings }) => findings.map((one) => one.code)), verdicts.flatMap(({ skipped }) => skipped.map((one) => one.rule)).filter((rule) => rule.startsWith('releases of'))];
}

test('attack: plumbline check refuses a release that a branch of another entry has with another content, and takes the same', async (t) => {
  for (const [limit, expected] of [[2, [1, ['contract/immutable_changed'], []]], [1, [0, [], []]]] as const) {
    const made = aRepositoryOfTwo(t);
    made.commit(other(limit), 'Release other');
    assert.deepEqual(await judged(made), expected);
  }
});

test('attack: a version that another branch replaced in the same run of commits is neither refused nor taken with another content', async (t) => {
  for (const [limit, expected] of [[2, [3, ['contract/record_incomplete'], []]], [1, [0, [], []]]] as const) {
    const made = aRepositoryOfTwo(t);
    made.git('checkout', '-q', 'rel/1');
    made.commit({ [path]: contractText({ id: 'other', version: '1.1.0', spec: '{promise: 5}' }) }, 'Release the next one of other');
    made.git('checkout', '-q', 'topic');
    made.commit(other(limit), 'Release other');
    assert.deepEqual(await judged(made), expected);
  }
});

test('attack: what a governed branch released before counts where its tip is the checked head, as after the head was pushed to it', async (t) => {
  const made = aRepositoryOfTwo(t);
  made.git('checkout', '-q', '-b', 'changed', 'rel/1');
  made.commit(other(2), 'Release other with another content');
  made.git('branch', '-q', '-f', 'rel/1', 'changed');
  assert.deepEqual(await judged(made), [3, ['contract/record_incomplete'], []]);
});

test('what a governed branch released is taken by main where its tip is the checked head', async (t) => {
  const made = aRepositoryOfTwo(t);
  made.git('checkout', '-q', 'rel/1');
  assert.deepEqual(await judged(made), [0, [], []]);
});

test('plumbline check says whose releases it does not know, where a contract changes', async (t) => {
  const made = aRepositoryOfTwo(t);
  made.git('branch', '-q', '-D', 'rel/1');
  made.commit({ 'README.md': 'more\n' }, 'Say more');
  assert.deepEqual(await judged(made), [0, [], []]);
  made.commit(other(2), 'Release other');
  assert.deepEqual(await judged(made), [0, [], ['releases of the branch entry rel']]);
});

test('a release is inconclusive where the history of another governed branch is cut off, and the finding says who can tell', async (t) => {
  const made = aRepositoryOfTwo(t);
  made.write({ '.git/shallow': `${made.git('rev-parse', 'rel/1')}\n` });
  made.commit(other(2), 'Release other');
  assert.deepEqual(await judged(made), [3, ['contract/record_incomplete'], ['releases of the branch rel/1']]);
  const { stdout } = await runPlumbline(made.directory, ['check']);
  assert.match(stdout, /what "rel\/1" released was not read: .*git fetch --unshallow/);
  assert.match(stdout, /next: Let the Plumbline App judge this change: it reads all governed branches\./);
  assert.match(stdout, /Running it again alone tells no more: let the Plumbline App judge this change\./);
  assert.doesNotMatch(stdout, /Run it again/);
});

test('plumbline check reads the branches of origin where there are any', async (t) => {
  const made = aRepositoryOfTwo(t);
  made.git('update-ref', 'refs/remotes/origin/rel/1', 'rel/1');
  made.git('update-ref', 'refs/remotes/origin/main', 'main');
  made.git('branch', '-q', '-D', 'rel/1');
  made.commit(other(2), 'Release other');
  assert.deepEqual(await judged(made), [1, ['contract/immutable_changed'], []]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerPath, objectionToOrigin, readOrigin } from '../../../src/domain/sample/sample-origin.ts';
import { anOrigin } from '../../builders/a-sample.ts';

const claims = {
  repository_id: '1', job_workflow_ref: 'acme/ci/.github/workflows/sample.yml@refs/heads/main', workflow_ref: 'acme/shop/.github/workflows/ci.yml@refs/pull/7/merge',
  sha: 'a'.repeat(40), ref: 'refs/pull/7/merge', run_id: '15', run_attempt: '1', jti: 'token-1', actor: 'mona',
};

test('readOrigin() reads what GitHub says of a run', () => {
  assert.deepEqual(readOrigin(claims), { kind: 'origin', origin: anOrigin() });
});

for (const name of Object.keys(claims).filter((one) => one !== 'actor')) {
  test(`readOrigin() of a token without ${name}, or with an empty one, is unusable`, () => {
    const { [name]: _left, ...others } = { ...claims } as Record<string, string>;
    assert.deepEqual([readOrigin(others), readOrigin({ ...claims, [name]: '' })], Array.from({ length: 2 }, () => ({ kind: 'unusable', why: `its claim ${name} is missing` })));
  });
}

test('attack: a repository that is no number, and a commit that is none, are unusable', () => {
  const odd = [{ repository_id: '1e3' }, { repository_id: '0' }, { repository_id: '9'.repeat(20) }, { repository_id: ' 1' }, { sha: 'main' }, { sha: 'A'.repeat(40) }, { jti: 'a'.repeat(3_000) }];
  assert.deepEqual(odd.map((one) => readOrigin({ ...claims, ...one }).kind), odd.map(() => 'unusable'));
});

const source = { workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main' };

test('objectionToOrigin() has none to the very workflow at the very ref, its owner in any case', () => {
  assert.deepEqual([objectionToOrigin(source, anOrigin()), objectionToOrigin({ ...source, workflow: 'Acme/CI/.github/workflows/sample.yml' }, anOrigin())], [null, null]);
});

const others = {
  'another ref': 'acme/ci/.github/workflows/sample.yml@refs/heads/mine',
  'a pull request of it': 'acme/ci/.github/workflows/sample.yml@refs/pull/1/merge',
  'another path': 'acme/ci/.github/workflows/Sample.yml@refs/heads/main',
  'another repository': 'acme/shop/.github/workflows/sample.yml@refs/heads/main',
  'an owner that ends like it': 'evilacme/ci/.github/workflows/sample.yml@refs/heads/main',
  'a ref that begins like it': 'acme/ci/.github/workflows/sample.yml@refs/heads/main2',
};

for (const [title, jobWorkflow] of Object.entries(others)) {
  test(`attack: samples of ${title} are objected to`, () => {
    assert.match(objectionToOrigin(source, anOrigin({ jobWorkflow })) ?? '', /^samples of ".*", expected "acme\/ci\/\.github\/workflows\/sample\.yml@refs\/heads\/main"$/);
  });
}

test('callerPath() is the path of the workflow that was started in this very repository, without its ref', () => {
  assert.deepEqual([callerPath(anOrigin(), 'Acme/Shop'), callerPath(anOrigin({ workflow: 'odd' }), 'acme/shop'), callerPath(anOrigin(), 'acme/other')], ['.github/workflows/ci.yml', null, null]);
});

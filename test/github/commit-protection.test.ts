import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProtectionAnswer } from '../../src/domain/probe-answer.ts';
import { isFailure } from '../builders/is-failure.ts';
import { scripted } from './connected.ts';
import type { Script } from './connected.ts';

const ref = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' } as const;
const shaOf = (index: number): string => index.toString(16).padStart(40, '0');
const [base, mergeBase, older, forked, tip] = [shaOf(1), shaOf(2), shaOf(3), shaOf(4), shaOf(5)];

interface Told {
  /** Commits in the history of a tip. */
  readonly history?: Readonly<Record<string, readonly string[]>>;
  readonly answer?: Script;
}

/** What is said of commits, with the calls that it took. */
async function protection(commits: readonly string[], branch: string, { history = { [base]: [older] }, answer = () => undefined }: Told = {}): Promise<{ readonly answers: readonly ProtectionAnswer[] | undefined; readonly calls: readonly string[] }> {
  const { app, requests } = scripted((request) => {
    const [, commit = '', to = ''] = /\/compare\/([^.]+)\.\.\.([0-9a-f]+)/.exec(request.path) ?? [];
    if (commit !== '') return answer(request) ?? { merge_base_commit: { sha: history[to]?.includes(commit) === true ? commit : shaOf(99) } };
    if (request.path.endsWith('/repos/acme/shop')) return { default_branch: 'main' };
    if (request.path.endsWith('/git/ref/heads/main')) return { object: { sha: tip } };
    return answer(request);
  });
  const answers = await app.repository(ref).protectionOf?.(commits, { mergeBase, base, branch });
  return { answers, calls: requests.map((one) => one.replace('/api/v3/repos/acme/shop', '')) };
}

test('protectionOf() knows the merge base and the base of the default branch without a comparison', async () => {
  assert.deepEqual(await protection([mergeBase, base], 'main'), { answers: ['protected', 'protected'], calls: ['GET '] });
});

test('protectionOf() makes one comparison for each other commit', async () => {
  const { answers, calls } = await protection([mergeBase, older, forked], 'main');
  assert.deepEqual([answers, calls.filter((one) => one.includes('/compare/')).length], [['protected', 'protected', 'unprotected'], 2]);
});

test('attack: a commit that only a fork has is unprotected, though GitHub shows it', async () => {
  assert.deepEqual((await protection([forked], 'main')).answers, ['unprotected']);
});

test('attack: a commit of another history is unprotected', async () => {
  const answer: Script = () => Response.json({ message: `No common ancestor between ${forked} and ${base}.` }, { status: 404 });
  assert.deepEqual((await protection([forked], 'main', { answer })).answers, ['unprotected']);
});

test('protectionOf() tells a commit that GitHub does not have from one that it does not answer for', async () => {
  const missing: Script = ({ path }) => (path.includes('/compare/') ? Response.json({ message: 'Not Found' }, { status: 404 }) : undefined);
  assert.deepEqual((await protection([forked], 'main', { answer: missing })).answers, ['absent']);
  const broken: Script = ({ path }) => (path.includes('/compare/') ? Response.json({ message: 'Server Error' }, { status: 500 }) : undefined);
  await assert.rejects(protection([forked], 'main', { answer: broken }), isFailure('GITHUB_UNAVAILABLE'));
});

test('attack: the base of a stacked pull request is not protected by being one', async () => {
  const { answers } = await protection([mergeBase, base, older], 'topic', { history: { [base]: [older, mergeBase], [tip]: [older] }, answer: notGuarded });
  assert.deepEqual(answers, ['unprotected', 'unprotected', 'protected']);
});

const notGuarded: Script = ({ path }) => {
  if (path.includes('/rules/branches/topic')) return [{ type: 'non_fast_forward' }, { type: 'required_signatures' }];
  return path.endsWith('/branches/topic') ? { name: 'topic', protected: true, protection: { enabled: false } } : undefined;
};

test('protectionOf() counts the base of another branch where nothing comes onto it by a push alone', async () => {
  const ruled: Script = ({ path }) => (path.includes('/rules/branches/release') ? [{ type: 'pull_request' }] : undefined);
  const classic: Script = ({ path }) => (path.includes('/rules/branches/release') ? [] : path.endsWith('/branches/release') ? { protection: { enabled: true } } : undefined);
  for (const answer of [ruled, classic]) assert.deepEqual((await protection([mergeBase, base], 'release', { history: {}, answer })).answers, ['protected', 'protected']);
});

test('protectionOf() fails where it can not be told whether the base is guarded', async () => {
  const broken: Script = ({ path }) => (path.includes('/rules/branches/') ? Response.json({ message: 'Server Error' }, { status: 502 }) : undefined);
  await assert.rejects(protection([mergeBase], 'release', { answer: broken }), isFailure('GITHUB_UNAVAILABLE'));
});

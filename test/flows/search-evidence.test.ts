import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { limits } from '../../src/domain/limits.ts';
import { createLexicalRetriever } from '../../src/flows/retrieval/lexical-retriever.ts';
import { searchEvidence } from '../../src/flows/retrieval/search-evidence.ts';
import type { EvidenceQuery } from '../../src/flows/retrieval/search-evidence.ts';
import type { Retriever } from '../../src/flows/ports/retriever.ts';
import { aDecisionRecord } from '../ports/store/suite.ts';
import { aWorld } from './a-world.ts';

const sources = { 'src/retry.ts': 'export function retryAfter(attempt) {\n  return attempt * 5;\n}\n', 'docs/limits.md': '# Limits\n\nA body has at most 16 KiB.\n', 'logo.png': 'retry', 'src/other.ts': 'export const one = 1;\n' };

/** A repository that was judged, with a retriever of its own. */
async function aSearched(retriever: Retriever = createLexicalRetriever(1_000_000)) {
  const world = aWorld();
  const first = world.github.commit('main', sources);
  await world.store.transaction((transaction) => transaction.saveDecision(aDecisionRecord(world.github.ref)));
  const { ref } = world.github;
  const asked: EvidenceQuery = { account: ref.account.id, repository: { kind: 'id', id: ref.id }, commit: null, query: 'when is it retried', k: 5 };
  const search = (changes: Partial<EvidenceQuery> = {}) => searchEvidence({ store: world.store, github: world.github.app, retriever }, { ...asked, ...changes });
  return { world, first, search };
}

test('searchEvidence() tells passages at the tip with their lines and text', async () => {
  const { world, first, search } = await aSearched();
  const { ref } = world.github;
  const found = await search();
  assert.deepEqual(found, { kind: 'found', repository: { id: ref.id, name: `${ref.owner}/${ref.name}` }, commit: first, isComplete: true, passages: found.kind === 'found' ? [{ ...found.passages[0], path: 'src/retry.ts', startLine: 1, endLine: 3, text: sources['src/retry.ts'].trimEnd() }] : [] });
  assert.equal(found.kind === 'found' && found.passages.length, 1);
});

test('searchEvidence() at an older commit of the branch tells what stood there', async () => {
  const { world, first, search } = await aSearched();
  const second = world.github.commit('main', { ...sources, 'src/retry.ts': 'export const nothing = 0;\n' });
  const commits = await Promise.all([null, first, second].map(async (commit) => {
    const found = await search({ commit, query: 'attempt' });
    return found.kind === 'found' ? [found.commit, found.passages.length] : found.kind;
  }));
  assert.deepEqual(commits, [[second, 0], [first, 1], [second, 0]]);
});

test('attack: a commit that only a branch or a fork has, or nobody, is as if there were none', async () => {
  const { world, search } = await aSearched();
  world.github.branch('evil', 'main');
  const evil = world.github.commit('evil', { 'src/retry.ts': '// retried never\n' });
  assert.deepEqual(await search({ commit: evil }), { kind: 'unknown_commit' });
  world.github.trouble.set('isAncestor', [new Failure('NOT_FOUND', 'none')]);
  assert.deepEqual(await search({ commit: '0'.repeat(40) }), { kind: 'unknown_commit' });
});

test('attack: a repository of another account is as if there were none, whoever names it how', async () => {
  const { world, search } = await aSearched();
  const { ref } = world.github;
  assert.deepEqual(await search({ account: ref.account.id + 1 }), { kind: 'unknown_repository' });
  assert.deepEqual(await search({ account: ref.account.id + 1, repository: { kind: 'name', name: `${ref.owner}/${ref.name}` } }), { kind: 'unknown_repository' });
});

test('where GitHub does not answer, nothing is found out and that is said', async () => {
  const { world, search } = await aSearched();
  world.github.trouble.set('tree', [new Failure('GITHUB_UNAVAILABLE', 'away')]);
  await assert.rejects(search(), { code: 'GITHUB_UNAVAILABLE' });
});

test('a file that is too large, and what is no text, is not read; of too many it is said that not all are', async () => {
  const { world, search } = await aSearched();
  world.github.commit('main', { 'big.ts': `retry ${'x'.repeat(limits.searchedFileBytes)}`, 'zero.ts': 'retry \u0000', 'a.ts': 'retry' });
  const found = await search({ query: 'retry' });
  assert.deepEqual(found.kind === 'found' ? [found.passages.map(({ path }) => path), found.isComplete] : found, [['a.ts', 'src/retry.ts'], true]);
  world.github.commit('main', Object.fromEntries(Array.from({ length: limits.searchedFiles + 1 }, (_, index) => [`f${index}.ts`, index === limits.searchedFiles ? 'retry' : 'x'])));
  const some = await search({ query: 'retry' });
  assert.deepEqual(some.kind === 'found' ? some.isComplete : some, false);
});

test('attack: what a retriever makes up is not shown', async () => {
  const made = [{ path: '/etc/passwd', startLine: 1, endLine: 1, score: 9 }, { path: 'src/retry.ts', startLine: 90, endLine: 95, score: 9 }, { path: 'src/other.ts', startLine: 1, endLine: 900, score: 9 }];
  const { search } = await aSearched({ retrieve: async () => made });
  const found = await search();
  assert.deepEqual(found.kind === 'found' ? found.passages.map(({ path, text }) => [path, text]) : found, [['src/other.ts', 'export const one = 1;\n']]);
});

/** How often texts of blobs were asked for, by retrievals of these blobs one after the other. */
async function readsOf(mostBytes: number, tenants: readonly string[], paths: readonly string[] = ['a.ts']): Promise<readonly number[]> {
  const retriever = createLexicalRetriever(mostBytes);
  const reads: number[] = [];
  for (const tenant of tenants) {
    let read = 0;
    const texts = async (blobs: readonly string[]) => new Map(blobs.map((blob) => [blob, `alpha ${(read += 1)}`]));
    await retriever.retrieve({ tenant, query: 'alpha', k: 5, files: paths.map((path) => ({ path, blob: `${path}-blob` })), texts });
    reads.push(read);
  }
  return reads;
}

test('a blob is indexed once, and for each tenant alone', async () => {
  assert.deepEqual(await readsOf(1_000_000, ['a', 'a', 'b', 'a']), [1, 0, 1, 0]);
});

test('attack: no more is kept than the bytes that it may take', async () => {
  const paths = Array.from({ length: 100 }, (_, index) => `${index}.ts`);
  const [first, second] = await readsOf(100 * 100, ['a', 'a'], paths);
  assert.ok(first === 100 && second !== undefined && second > 50, `${second}`);
  assert.deepEqual(await readsOf(10, ['a', 'a']), [1, 1]);
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import type { TestRepository } from '../../builders/a-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

const configured = 'version: 1\nhallucination:\n  agents: [{login: "*[bot]"}, {login: coder}]\n';
const asked = 'whose hand is in the change, and evidence of an agent';

/** A branch with one commit of this message. */
function aBranch(context: TestContext, message: string, configuration = configured): TestRepository {
  const repository = aRepository(context);
  repository.commit({ '.github/plumbline.yml': configuration, 'src/cart.ts': 'export const total = 1;\n' }, 'Begin\n\nAssisted-by: Nobody of this branch');
  repository.git('checkout', '-q', '-b', 'topic');
  repository.commit({ 'src/cart.ts': 'export const total = 2;\n' }, message);
  return repository;
}

async function checked({ directory }: TestRepository, ...words: string[]) {
  const { code, stdout } = await runPlumbline(directory, ['check', ...words]);
  return { code, isMissed: stdout.includes('hallucination/evidence_missing'), saysAsked: (stdout.trim().split('\n').at(-1) ?? '').includes(asked) };
}

test('plumbline check without --context says that the App asks whose hand is in a change, where the base asks agents for evidence', async (t) => {
  assert.deepEqual(await checked(aBranch(t, 'Add up')), { code: 0, isMissed: false, saysAsked: true });
  assert.deepEqual(await checked(aBranch(t, 'Add up', 'version: 1\n')), { code: 0, isMissed: false, saysAsked: false });
  assert.deepEqual(await checked(aBranch(t, 'Add up'), '--gate', 'governance'), { code: 0, isMissed: false, saysAsked: false });
});

test('plumbline check reads trailers and co-authors of the commits of a change, and asks an agent that they name for evidence', async (t) => {
  for (const trailer of ['Assisted-by: Claude', 'Co-authored-by: Robot <12+robot[bot]@users.noreply.github.com>', 'Co-Authored-By: Coder <7+Coder@users.noreply.github.com>']) {
    assert.deepEqual(await checked(aBranch(t, `Add up\n\n${trailer}`)), { code: 2, isMissed: true, saysAsked: true }, trailer);
  }
});

test('plumbline check takes a person, a word in a text and a trailer of the base for no agent', async (t) => {
  for (const message of ['Add up\n\nCo-authored-by: Mona <7+mona@users.noreply.github.com>', 'Add up\n\nAssisted-by: Claude\n\nThat is a paragraph above the last one.', 'Add up\n\nCo-authored-by: robot[bot] <robot@example.com>']) {
    assert.deepEqual(await checked(aBranch(t, message)), { code: 0, isMissed: false, saysAsked: true }, message);
  }
});

test('plumbline check looks for agents in commits below the working tree, and beside the people of a context', async (t) => {
  const repository = aBranch(t, 'Add up\n\nGenerated-by: Claude');
  repository.write({ 'src/cart.ts': 'export const total = 3;\n' });
  assert.equal((await checked(repository, '--worktree')).isMissed, true);
  const context = join(repository.directory, 'context.json');
  writeFileSync(context, JSON.stringify({ author: { login: 'mona', kind: 'human' }, teams: {}, approvals: [], fork: false, now: '2026-11-20T12:00:00Z' }));
  assert.deepEqual(await checked(repository, '--context', context), { code: 2, isMissed: true, saysAsked: false });
});

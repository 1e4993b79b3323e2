import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { arrivalOf } from '../../../src/flows/delivery/arrival-of.ts';
import { aPayload } from '../../builders/a-payload.ts';

const receivedAt = new Date('2026-11-20T12:00:00Z');
const sha = 'a'.repeat(40);
const sender = { login: 'dev', id: 12, type: 'User' };

function arrived(changes: JsonObject = {}, pull: JsonObject = {}) {
  return arrivalOf('pull_request', aPayload('pull_request', { action: 'synchronize', sender, pull_request: { number: 7, head: { sha }, ...pull }, ...changes }), receivedAt);
}

test('arrivalOf() tells who brought which head, at the time that the payload says', () => {
  const arrival = { repositoryId: 1296269, pullRequest: 7, head: sha, person: { login: 'dev', id: 12, kind: 'human' }, action: 'synchronize', at: '2026-11-20T11:59:58.000Z' };
  assert.deepEqual(arrived({}, { updated_at: '2026-11-20T11:59:58Z' }), arrival);
  assert.deepEqual(arrived(), { ...arrival, at: '2026-11-20T12:00:00.000Z' });
});

test('arrivalOf() takes an App, and whatever else is no user, for nobody who can approve', () => {
  const kinds = ['Bot', 'Organization', 'Mannequin'].map((type) => arrived({ sender: { ...sender, login: 'ci[bot]', type } })?.person.kind);
  assert.deepEqual(kinds, ['app', 'app', 'app']);
});

test('arrivalOf() tells nothing of an event that brings no head', () => {
  assert.deepEqual(['edited', 'closed', 'labeled', 'ready_for_review'].map((action) => arrived({ action })), [null, null, null, null]);
  assert.equal(arrivalOf('issue_comment', aPayload('pull_request', { action: 'opened', sender }), receivedAt), null);
});

test('attack: a payload whose sender or head is missing, inherited or no name tells of no arrival', () => {
  const inherited: JsonObject = JSON.parse(`{"__proto__": {"sender": ${JSON.stringify(sender)}}}`);
  const { sender: _left, ...without } = aPayload('pull_request', { action: 'opened', sender });
  assert.deepEqual([arrivalOf('pull_request', { ...without, ...inherited }, receivedAt), arrived({ sender: { ...sender, id: -1 } }), arrived({ sender: null }), arrived({}, { head: { sha: 'main' } }), arrived({}, { head: null })], [null, null, null, null, null]);
});

test("arrivalOf() reads GitHub's own examples", () => {
  const examples: readonly { readonly name: string; readonly examples: readonly JsonObject[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json');
  const told = (examples.find(({ name }) => name === 'pull_request')?.examples ?? [])
    .filter(({ action }) => action === 'opened' || action === 'synchronize' || action === 'reopened')
    .map((payload) => arrivalOf('pull_request', payload, receivedAt)?.person.login);
  assert.ok(told.length > 0);
  assert.deepEqual(told.filter((login) => login === undefined), []);
});

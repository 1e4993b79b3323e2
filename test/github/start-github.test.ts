import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { App } from 'octokit';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { seededDraw } from './hostile.ts';
import { connected } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Takes webhooks in and answers with a status that a test sets. */
async function startReceiver(): Promise<{ readonly server: Server; readonly url: string; readonly received: Received[]; status: number }> {
  const receiver = { server: createServer(), url: '', received: [] as Received[], status: 202 };
  receiver.server.on('request', (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      receiver.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(receiver.status).end();
    });
  });
  receiver.server.listen(0, '127.0.0.1');
  await once(receiver.server, 'listening');
  const address = receiver.server.address();
  receiver.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
  return receiver;
}

const draws = (seed: number): number[] => Array.from({ length: 20 }, seededDraw(seed));

describe('the emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  before(async () => {
    receiver = await startReceiver();
    github = await startGitHub({ webhookUrl: receiver.url });
    ref = await github.createRepository('shop');
  });

  after(async () => {
    await github.stop();
    receiver.server.close();
    receiver.server.closeAllConnections();
  });

  it('delivers what GitHub would deliver, in order, signed, in the shape that GitHub describes', async () => {
    await github.commitFiles(ref, 'topic', { a: '1' });
    const { number, head } = await github.openPullRequest(ref, { branch: 'topic', as: 'dev' });
    await github.commitFiles(ref, 'topic', { a: '2' });
    await github.editPullRequest(ref, number, { title: 'New title' });
    await github.comment(ref, number, '/plumbline help', { as: 'dev' });
    await github.rerequest(ref, await github.foreignCheck(ref, head, { name: 'build', status: 'in_progress' }));
    await github.queueMerge(ref, [number]);
    await github.mergePullRequest(ref, number);
    await github.settled();
    const { webhooks } = new App({ appId: 1, privateKey: github.privateKey, webhooks: { secret: github.webhookSecret } });
    for (const { headers, body } of receiver.received) assert.equal(await webhooks.verify(body, String(headers['x-hub-signature-256'])), true);
    assert.deepEqual(
      github.deliveries().map((one) => `${one.event} ${one.action ?? ''}`.trim()),
      ['push', 'pull_request opened', 'push', 'pull_request synchronize', 'pull_request edited', 'issue_comment created', 'check_run created', 'check_run rerequested', 'merge_group checks_requested', 'push', 'pull_request closed'],
    );
    assert.deepEqual(await github.deliveryViolations(), []);
  });

  it('lists a failed delivery, and above it the redelivery with the same GUID that arrives', async () => {
    const since = new Date(Date.now() - 60_000);
    const { app } = connected(github);
    receiver.status = 500;
    await github.commitFiles(ref, 'lost', { a: '1' });
    await github.settled();
    const [failed, ...others] = (await app.deliveryAttempts(since, null)).attempts.filter((one) => !one.hasArrived);
    assert.deepEqual(others, []);
    receiver.status = 202;
    receiver.received.length = 0;
    await app.redeliver(failed!.id);
    await github.settled();
    assert.equal(receiver.received[0]!.headers['x-github-delivery'], failed!.guid);
    const attempts = (await app.deliveryAttempts(since, null)).attempts.filter((one) => one.guid === failed!.guid);
    assert.deepEqual(attempts.map((one) => [one.hasArrived, one.isRepeated]), [[true, true], [false, false]]);
    assert.deepEqual(await github.violations(), []);
  });

  it('lists a delivery to a server that is down as failed', async () => {
    github.deliverTo('http://127.0.0.1:9/');
    await github.commitFiles(ref, 'down', { a: '1' });
    await github.settled();
    github.deliverTo(receiver.url);
    assert.equal(github.deliveries().at(-1)!.statusCode, 0);
  });

  it('sends deliveries twice and out of order in hostile mode, by seed', async () => {
    receiver.received.length = 0;
    github.hostile({ seed: 7, duplicateDeliveries: 1, reorderDeliveries: 1 });
    await Promise.all(['one', 'two', 'three'].map((branch) => github.commitFiles(ref, branch, { a: branch })));
    await github.settled();
    github.hostile(null);
    const guids = receiver.received.map((one) => String(one.headers['x-github-delivery']));
    assert.deepEqual([guids.length, new Set(guids).size], [6, 3]);
  });

  it('refuses to merge while a required check has not succeeded, unless it is bypassed', async () => {
    github.requireCheck(ref, 'main', { name: 'plumbline', appId: github.appId });
    await github.commitFiles(ref, 'unchecked', { u: '1' });
    const { number, head } = await github.openPullRequest(ref, { branch: 'unchecked' });
    await github.foreignCheck(ref, head, { name: 'plumbline', status: 'completed', conclusion: 'success' });
    await assert.rejects(github.mergePullRequest(ref, number), /405/);
    assert.match(await github.mergePullRequest(ref, number, { bypass: true }), /^[0-9a-f]{40}$/);
  });

  it('merges the changes of the head into a base that moved on', async () => {
    await github.commitFiles(ref, 'behind', { behind: '1' });
    const { number } = await github.openPullRequest(ref, { branch: 'behind' });
    await github.commitFiles(ref, 'main', { ahead: '1' });
    const merge = await github.mergePullRequest(ref, number, { bypass: true });
    const paths = (await connected(github).app.repository(ref).tree(merge)).entries.map((entry) => entry.path);
    assert.ok(paths.includes('behind') && paths.includes('ahead'));
  });

  it('refuses tokens that it did not make', async () => {
    const answer = await fetch(`${github.url}/repos/acme/shop`, { headers: { authorization: 'token ghs_guessed' } });
    assert.equal(answer.status, 401);
  });

  it('refuses a push by somebody who may only read', async () => {
    const tip = await github.branchTip(ref, 'main');
    const answer = await fetch(`${github.url}/repos/acme/shop/git/refs`, { method: 'POST', headers: { authorization: 'token token-of-reader' }, body: JSON.stringify({ ref: 'refs/heads/x', sha: tip }) });
    assert.equal(answer.status, 403);
  });

  it('starts in under half a second, when nothing else keeps the machine busy', async () => {
    const took: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const started = performance.now();
      const other = await startGitHub();
      took.push(performance.now() - started);
      await other.stop();
    }
    assert.ok(Math.min(...took) < 500, `${took.join(', ')} ms`);
  });

  it('draws the same faults from the same seed', () => {
    assert.deepEqual(draws(42), draws(42));
    assert.notDeepEqual(draws(42), draws(43));
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { GitHubIssues } from '../../src/flows/ports/github-issues.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { connected } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

const marker = '<!-- plumbline:drift:one -->';
const issue = { title: 'It drifted', text: 'What drifted.', marker };

describe('issues of our App', () => {
  let server: GitHubServer;
  let repositories = 0;
  before(async () => {
    server = await startGitHub();
  });
  after(async () => {
    assert.deepEqual(await server.violations(), []);
    await server.stop();
  });

  async function aRepository(): Promise<{ readonly ref: RepositoryRef; readonly issues: GitHubIssues }> {
    repositories += 1;
    const ref = await server.createRepository(`issues-${repositories}`);
    return { ref, issues: connected(server).app.issues(ref) };
  }

  it('opens one, finds it by its marker, edits it in place, says something below it once, and closes it', async () => {
    const { ref, issues } = await aRepository();
    assert.equal(await issues.find(marker, 0), null);
    const { number, url } = await issues.open(issue);
    assert.deepEqual([await issues.find(marker, 0), await issues.read(number)], [number, { number, url, state: { kind: 'open' } }]);
    assert.equal(await issues.edit(number, { issue: { ...issue, text: 'Now.' }, state: 'open' }), true);
    await issues.say(number, 'Gone.');
    await issues.say(number, 'Gone for good.');
    assert.equal(await issues.edit(number, { issue: null, state: 'closed' }), true);
    const [stands] = await server.issues(ref);
    assert.deepEqual([stands?.['body'], stands?.['state'], stands?.['state_reason']], [`Now.\n\n${marker}`, 'closed', 'completed']);
    assert.deepEqual((await server.comments(ref, number)).map(({ body }) => String(body).split('\n')[0]), ['Gone for good.']);
    const seen = await issues.read(number);
    assert.equal(seen?.state.kind === 'closed' ? seen.state.by : null, 'us');
  });

  it('tells a close by a person from one of ours', async () => {
    const { ref, issues } = await aRepository();
    const { number } = await issues.open(issue);
    await server.editIssue(ref, number, { state: 'closed' }, { as: 'dev' });
    const seen = await issues.read(number);
    assert.equal(seen?.state.kind === 'closed' ? seen.state.by : null, 'human');
  });

  it('attack: takes no issue for ours that somebody else opened, that quotes the marker, or that is older than the one it knows', async () => {
    const { issues, ref } = await aRepository();
    const body = JSON.stringify({ title: 'x', body: marker });
    await fetch(`${server.url}/repos/${ref.owner}/${ref.name}/issues`, { method: 'POST', body, headers: { authorization: 'token token-of-dev' } });
    const { number } = await issues.open({ ...issue, text: `\`\`\`\n${marker}\n\`\`\``, marker: '<!-- plumbline:drift:two -->' });
    assert.deepEqual([await issues.find(marker, 0), await issues.find('<!-- plumbline:drift:two -->', number)], [null, null]);
  });

  it('knows that one is gone', async () => {
    const { ref, issues } = await aRepository();
    const { number } = await issues.open(issue);
    server.deleteIssue(ref, number);
    assert.deepEqual([await issues.read(number), await issues.edit(number, { issue, state: 'open' })], [null, false]);
  });

  it('does not open a second time when the answer was lost, but says so', async () => {
    const { ref, issues } = await aRepository();
    server.failNext(/POST .*\/issues$/, { kind: 'cut-json' });
    await assert.rejects(issues.open(issue), isFailure('GITHUB_AMBIGUOUS'));
    assert.deepEqual([(await server.issues(ref)).length, await issues.find(marker, 0)], [1, Number((await server.issues(ref))[0]?.['number'])]);
  });

  it('cuts what is longer than GitHub takes, above the marker', async () => {
    const { ref, issues } = await aRepository();
    const { number } = await issues.open({ ...issue, text: 'x'.repeat(80_000) });
    const [stands] = await server.issues(ref);
    const text = String(stands?.['body']);
    assert.deepEqual([text.length, text.endsWith(`\n\n${marker}`), await issues.find(marker, 0)], [65_535, true, number]);
  });
});

it('an installation that has not granted issues is refused by a cause that names the permission', async (context) => {
  const server = await startGitHub({ permissions: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write', issues: 'read' } });
  context.after(() => server.stop());
  const ref = await server.createRepository('shop');
  const refused: unknown = await connected(server).app.issues(ref).open(issue).catch((thrown: unknown) => thrown);
  assert.ok(isFailure('GITHUB_REFUSED')(refused));
  assert.match(JSON.stringify(refused), /missing_permission/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { evaluateGroupJob, evaluateJob, recordPushJob } from '../../src/flows/job-requests.ts';
import type { Json } from '../github/json.ts';
import { aScanningServer } from './a-scanning-server.ts';
import { pullRequests } from './pull-requests.ts';

const behavior = ['kind: Behavior', 'name: managed-files', 'scope: environment', 'source: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}', 'owner: team:platform', 'playbook: restore-managed-file', ''].join('\n');
const configuration = 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\n';
const files = { '.github/plumbline.yml': configuration, 'behaviors/managed.yaml': behavior, 'templates/editor.ini': 'root = true\n', '.editorconfig': 'root = true\n' };

test('a managed file that drifted is found, mended by one pull request, and verified clean once that is merged', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('shop', { files });
  await server.scan();
  assert.deepEqual(await server.events(repository.account.id), ['scan.concluded']);
  await github.commitFiles(repository, 'main', { '.editorconfig': 'root = false\n' });
  await server.scan();
  const [pull, ...others] = await pullRequests(github, repository);
  assert.deepEqual([others, server.failures], [[], []]);
  assert.ok(pull !== undefined);
  assert.match(String(pull['title']), /managed-files/);
  await server.scan();
  assert.equal((await pullRequests(github, repository)).length, 1);
  await github.mergePullRequest(repository, Number(pull['number']));
  await server.closed(repository, Number(pull['number']));
  const [drift] = await server.store.transaction((transaction) => transaction.driftsOf(repository.id));
  const runs = await server.store.transaction((transaction) => transaction.driftRuns(repository.account.id, 10));
  assert.deepEqual([drift?.record.standing, runs.length, server.failures], ['pass', 1, []]);
  const events = await server.events(repository.account.id);
  for (const event of ['drift.detected', 'remediation.intent', 'remediation.created', 'remediation.merged', 'drift.cleared']) assert.ok(events.includes(event), `${event} in ${events.join(' ')}`);
});

const asked = { ...files, '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"], remediation: report}\n' };

test('people find a drift, look at what would mend it, have it mended, and undo that, all by commands', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('asked', { files: asked });
  await github.commitFiles(repository, 'main', { '.editorconfig': 'root = false\n' });
  await github.commitFiles(repository, 'topic', { 'a.txt': 'a' }, 'Change', { as: 'dev' });
  const { number } = await github.openPullRequest(repository, { branch: 'topic', as: 'dev' });
  assert.match(await server.type(repository, number, '/plumbline drift scan', 'reader'), /It needs write permission/);
  assert.match(await server.type(repository, number, '/plumbline drift scan', 'dev'), /scanned[^]*`managed-files`: \*\*drifted\*\*/);
  assert.match(await server.type(repository, number, '/plumbline remediate managed-files --dry-run', 'dev'), /-root = false\n\+root = true[^]*\(row 15/);
  assert.equal((await pullRequests(github, repository)).length, 1);
  assert.match(await server.type(repository, number, '/plumbline remediate managed-files', 'dev'), /it is #2/);
  assert.match(await server.type(repository, 2, '/plumbline rollback 1', 'dev'), /#1 is no remediation/);
  await github.mergePullRequest(repository, 2);
  assert.match(await server.type(repository, 2, '/plumbline drift scan', 'dev'), /`managed-files`: as agreed/);
  assert.match(await server.type(repository, 2, '/plumbline rollback 2', 'dev'), /#3 undoes #2/);
  assert.match(await server.type(repository, 2, '/plumbline rollback 2', 'dev'), /#3 undoes #2/);
  await github.mergePullRequest(repository, 3);
  assert.match(await server.type(repository, 2, '/plumbline drift scan', 'dev'), /`managed-files`: \*\*drifted\*\*/);
  assert.match(await server.type(repository, 2, '/plumbline remediate managed-files', 'dev'), /A person closed it or had it rolled back/);
  assert.deepEqual([(await pullRequests(github, repository)).length, server.failures, await github.violations()], [3, [], []]);
});

test('what is open is rolled back by a command, and stays closed', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('closed', { files });
  await github.commitFiles(repository, 'main', { '.editorconfig': 'root = false\n' });
  await server.scan();
  const [pull] = await pullRequests(github, repository);
  const [number, branch] = [Number(pull?.['number']), String(JSON.parse(JSON.stringify(pull?.['head']))['ref'])];
  assert.match(await server.type(repository, number, `/plumbline rollback ${number}`, 'dev'), /rolled back/);
  assert.deepEqual([await github.branchTip(repository, branch), (await pullRequests(github, repository)).map((one) => one['state'])], [null, ['closed']]);
  await server.scan();
  assert.deepEqual([(await pullRequests(github, repository)).length, server.failures, await github.violations()], [1, [], []]);
  assert.ok((await server.events(repository.account.id)).includes('remediation.suppressed'));
});

const told = ['kind: Behavior', 'name: settings', 'scope: environment', 'source: {type: repository-files, files: [{path: NOTICE, template: templates/notice.txt}]}', 'owner: team:platform', ''].join('\n');
const toldFiles = { '.github/plumbline.yml': configuration, 'behaviors/notice.yaml': told, 'templates/notice.txt': 'Notice\n', NOTICE: 'Notice\n' };

test('a drift without a playbook of its own is told by one issue, edited by nobody while nothing changes, and closed when it is gone', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('shop', { files: toldFiles });
  await server.scan();
  await github.commitFiles(repository, 'main', { NOTICE: 'Other\n' });
  await server.scan();
  await server.scan();
  const [issue, ...others] = await github.issues(repository);
  assert.deepEqual([issue?.['state'], others, server.failures], ['open', [], []]);
  assert.match(String(issue?.['body']), /NOTICE is not as templates\/notice\.txt/);
  const writes = github.counts().writes;
  await server.scan();
  assert.equal(github.counts().writes, writes);
  await github.commitFiles(repository, 'main', { NOTICE: 'Notice\n' });
  await server.scan();
  assert.deepEqual([(await github.issues(repository)).map(({ state }) => state), server.failures, await github.violations()], [['closed'], [], []]);
});

test('a drift whose playbook is not there is told by an issue that says so, and the command says what stands', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('shop', { files: { ...files, 'behaviors/managed.yaml': behavior.replace('restore-managed-file', 'restore-managed-fille'), '.editorconfig': 'root = false\n' } });
  await github.commitFiles(repository, 'topic', { 'a.txt': 'a' }, 'Change', { as: 'alice' });
  const { number } = await github.openPullRequest(repository, { branch: 'topic', as: 'alice' });
  await server.scan();
  const [issue, ...others] = await github.issues(repository);
  assert.deepEqual([issue?.['state'], others, server.failures], ['open', [], []]);
  assert.match(String(issue?.['body']), /There is no playbook "restore-managed-fille" \(did you mean "restore-managed-file"\?\), so this is told by open-issue\./);
  assert.match(await server.type(repository, number, '/plumbline remediate managed-files', 'alice'), /What mends it is for a person to do: the issue about it says what\./);
});

test('a workflow that is not as managed is told by an issue with the exact diff, and nothing is written', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const managed = behavior.replace('.editorconfig', '.github/workflows/ci.yml').replace('editor.ini', 'ci.yml').replace('restore-managed-file', 'restore-workflow');
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration, 'behaviors/managed.yaml': managed, 'templates/ci.yml': 'on: pull_request\n', '.github/workflows/ci.yml': 'on: push\n' } });
  await server.scan();
  const [issue, ...others] = await github.issues(repository);
  assert.deepEqual([issue?.['state'], others, await pullRequests(github, repository), server.failures, await github.violations()], ['open', [], [], [], []]);
  assert.match(String(issue?.['body']), /--- a\/\.github\/workflows\/ci\.yml\n[^]*-on: push\n\+on: pull_request\n/);
});

test('a drift whose plan is refused is told in the digest for a person to look at, in the words of the refusal', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const home = await github.createRepository('.github', { files: { 'README.md': 'x' } });
  const many = Array.from({ length: 21 }, (_, index) => `{path: f${index}.txt, template: templates/editor.ini}`).join(', ');
  const managed = behavior.replace(/files: \[.*\]/, `files: [${many}]`);
  const repository = await github.createRepository('shop', { files: { ...files, 'behaviors/managed.yaml': managed } });
  await server.scan();
  assert.deepEqual([await pullRequests(github, repository), await github.issues(repository), server.failures], [[], [], []]);
  const [digest] = await github.issues(home);
  assert.match(String(digest?.['body']), /### For a person to look at \(1\)\n\n[^\n]+\n\n- [^\n]*The playbook `restore-managed-file` can not be followed here: found 21 files to change, expected at most 20, as `bounds\.maxFiles` says\. Change them by hand, or in parts\./);
});

test('when more repositories drift than one scan may remediate, nothing is opened but one digest that says so, written again only when it says something else', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const home = await github.createRepository('.github', { files: { 'README.md': 'x' } });
  const repositories: RepositoryRef[] = [];
  for (let index = 0; index < 5; index += 1) repositories.push(await github.createRepository(`shop-${index}`, { files: { ...files, '.editorconfig': index < 4 ? 'root = false\n' : 'root = true\n' } }));
  await server.scan();
  for (const repository of repositories) assert.deepEqual([await pullRequests(github, repository), await github.issues(repository)], [[], []]);
  const [digest, ...others] = await github.issues(home);
  assert.deepEqual([others, server.failures], [[], []]);
  assert.match(String(digest?.['title']), /a detector may be broken/);
  assert.match(String(digest?.['body']), /Of 5 repositories with behaviours 4 drift[^]*acme\/shop-0[^]*acme\/shop-3[^]*<!-- plumbline:digest -->$/);
  const writes = github.counts().writes;
  await server.scan();
  assert.equal(github.counts().writes, writes);
  for (const repository of repositories) await github.commitFiles(repository, 'main', { '.editorconfig': 'root = true\n' });
  await server.scan();
  const after = await github.issues(home);
  assert.deepEqual([after.length, after[0]?.['state'], await github.violations()], [1, 'closed', []]);
  assert.match(String(after[0]?.['body']), /How long repairs took/);
});

test('without a repository for it the digest is told as not written, once, and nothing else breaks', async (context) => {
  const server = await aScanningServer(context);
  const repository = await server.github.createRepository('shop', { files: { ...files, '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"], remediation: report}\n', '.editorconfig': 'root = false\n' } });
  await server.scan();
  await server.scan();
  assert.deepEqual([(await server.events(repository.account.id)).filter((event) => event === 'digest.refused').length, server.failures], [1, []]);
  assert.deepEqual(server.log.lines.filter(({ message }) => message === 'digest issue not written').length, 1);
});

const measured = ['kind: Behavior', 'name: checkout', 'scope: change', 'source: {type: github-actions, workflow: acme/ci/.github/workflows/sample.yml, ref: refs/heads/main, waitFor: 10m}', 'metrics: [{name: score, pointer: /score, baseline: 0.847}]', 'owner: team:platform', ''].join('\n');

test('checks of a pull request and of its merge group are open while samples are awaited, green by them, and blocked without them', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('sampled', { files: { '.github/plumbline.yml': configuration, 'behaviors/checkout.yaml': measured, '.github/workflows/ci.yml': 'on: push\n' } });
  await server.judge(recordPushJob(repository, 'refs/heads/main'));
  const shown = async (sha: string) => {
    const runs = await github.checkRuns(repository, sha);
    return runs.map((run) => `${String(run['name'])} ${String(run['status'])} ${String(run['conclusion'])}`).toSorted();
  };
  const open = ['plumbline / drift in_progress null', 'plumbline in_progress null'];
  await github.commitFiles(repository, 'topic', { 'a.txt': 'a' }, 'Change', { as: 'dev' });
  const { number, head } = await github.openPullRequest(repository, { branch: 'topic', as: 'dev' });
  await server.judge(evaluateJob(repository, number));
  assert.deepEqual(await shown(head), open);
  await server.send(repository, head, { score: 0.847 });
  assert.deepEqual(await shown(head), ['plumbline / drift completed success', 'plumbline completed success']);
  const group = await github.queueMerge(repository, [number]);
  await server.judge(evaluateGroupJob(repository, { headSha: group.head, headRef: group.headRef, baseSha: group.base, baseRef: 'refs/heads/main' }));
  assert.deepEqual(await shown(group.head), open);
  await server.judge(evaluateGroupJob(repository, { headSha: group.head, headRef: group.headRef, baseSha: group.base, baseRef: 'refs/heads/main' }), 10);
  assert.deepEqual([await shown(group.head), server.failures, await github.violations()], [['plumbline / drift completed failure', 'plumbline completed failure'], [], []]);
});

const unreviewed = {
  '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["evil/*.yaml"], schedule: "0 0 1 1 *"}\n',
  'evil/b.yaml': 'kind: Behavior\nname: evil\nscope: environment\nsource: {type: http-json, url: "https://metrics.example.com/admin?read=secrets", secret: METRICS_TOKEN}\nmetrics: [{name: all, pointer: /, baseline: {}}]\nowner: user:dev\n',
};

test('attack: a remediation that somebody retargets and merges into a branch of their own makes nothing of that branch count, and the default branch is scanned on', async (context) => {
  const server = await aScanningServer(context);
  const { github, store } = server;
  const repository = await github.createRepository('shop', { files });
  await server.scan();
  await github.commitFiles(repository, 'main', { '.editorconfig': 'root = false\n' });
  await server.scan();
  await github.pushTo(repository, 'evil', (await github.branchTip(repository, 'main')) ?? '', { as: 'dev' });
  await github.commitFiles(repository, 'evil', unreviewed, 'Mine', { as: 'dev' });
  await github.editPullRequest(repository, 1, { base: 'evil' }, { as: 'dev' });
  await github.mergePullRequest(repository, 1, { as: 'dev' });
  await server.closed(repository, 1);
  const known = async () => await store.transaction(async (transaction) => [(await transaction.scanPlan(repository.id))?.branch, (await transaction.driftsOf(repository.id)).map(({ record }) => `${record.behavior} ${record.standing}`)]);
  assert.deepEqual(await known(), ['main', ['managed-files drift']]);
  const before = (await store.transaction((transaction) => transaction.driftsOf(repository.id)))[0]?.record.measuredAt;
  await server.scan();
  assert.deepEqual([await known(), server.failures], [['main', ['managed-files drift']], []]);
  assert.notEqual((await store.transaction((transaction) => transaction.driftsOf(repository.id)))[0]?.record.measuredAt, before);
  assert.equal((await server.events(repository.account.id)).includes('drift.cleared'), false);
});

test('what people refused, and what is open already, stops the remediation of no other repository', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  await github.createRepository('.github', { files: { 'README.md': 'x' } });
  const repositories: RepositoryRef[] = [];
  for (let index = 0; index < 5; index += 1) repositories.push(await github.createRepository(`shop-${index}`, { files }));
  await server.scan();
  const drift = async (...some: readonly RepositoryRef[]): Promise<void> => {
    for (const repository of some) await github.commitFiles(repository, 'main', { '.editorconfig': 'root = false\n' });
    await server.scan();
  };
  await drift(...repositories.slice(0, 3));
  for (const repository of repositories.slice(0, 2)) {
    await github.editPullRequest(repository, 1, { state: 'closed' }, { as: 'dev' });
    await server.closed(repository, 1);
  }
  await drift(...repositories.slice(3));
  const opened: number[] = [];
  for (const repository of repositories) opened.push((await pullRequests(github, repository)).length);
  assert.deepEqual([opened, server.failures], [[1, 1, 1, 1, 1], []]);
});

const stateOf = (one: Json): string => `#${String(one['number'])} ${String(one['state'])}`;

test('a behaviour that gets another name while a pull request for it is open: one is open for the file, and the last name goes with a word', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const repository = await github.createRepository('renamed', { files: { ...files, '.editorconfig': 'root = false\n' } });
  await server.scan();
  await github.commitFiles(repository, 'main', { 'behaviors/managed.yaml': behavior.replace('managed-files', 'editor-files') });
  await server.scan();
  assert.deepEqual((await pullRequests(github, repository)).map(stateOf).toSorted(), ['#1 closed', '#2 open']);
  await github.commitFiles(repository, 'main', { 'behaviors/managed.yaml': null });
  await server.scan();
  assert.deepEqual([(await pullRequests(github, repository)).map(stateOf).toSorted(), server.failures, await github.violations()], [['#1 closed', '#2 closed'], [], []]);
  assert.match(String((await github.comments(repository, 2))[0]?.['body']), /no behaviour any more that asks for this/);
});

test('a person refuses what mends one file of a behaviour: another file of it that drifts is proposed all the same', async (context) => {
  const server = await aScanningServer(context);
  const { github } = server;
  const both = behavior.replace('{path: .editorconfig, template: templates/editor.ini}', '{path: .editorconfig, template: templates/editor.ini}, {path: LICENSE, template: templates/license}');
  const repository = await github.createRepository('refused', { files: { ...files, 'behaviors/managed.yaml': both, 'templates/license': 'MIT\n', LICENSE: 'MIT\n', '.editorconfig': 'root = false\n' } });
  await server.scan();
  await github.editPullRequest(repository, 1, { state: 'closed' }, { as: 'dev' });
  await server.closed(repository, 1);
  await server.scan();
  assert.deepEqual((await pullRequests(github, repository)).map(stateOf), ['#1 closed']);
  await github.commitFiles(repository, 'main', { LICENSE: 'none\n', '.editorconfig': 'root = true\n' });
  await server.scan();
  assert.deepEqual([(await pullRequests(github, repository)).map(stateOf).toSorted(), server.failures], [['#1 closed', '#2 open'], []]);
});

import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { eventually } from '../acceptance/eventually.ts';
import { ownSettings, shortLived } from '../builders/short-lived.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { runServer } from '../github/run-server.ts';
import type { RunningServer } from '../github/run-server.ts';
import { startGitHub } from '../github/start-github.ts';
import type { GitHubServer } from '../github/start-github.ts';
import { runPlumbline } from './run-plumbline.ts';
import type { CommandResult } from './run-plumbline.ts';

const configuration = 'version: 1\ncontracts:\n  - name: workspace\n    paths: ["contracts/**/*.yaml"]\n    schema: builtin:workspace-contract/v2\n';

/** What an operator types beside a server that runs on the embedded store. */
suite('beside a running server with the embedded store', () => {
  const { path: directory, remove } = aTemporaryDirectory();
  let github: GitHubServer;
  let server: RunningServer;
  let repository: RepositoryRef;

  const plumbline = (...words: readonly string[]): Promise<CommandResult> =>
    runPlumbline(directory, words, { environment: { PLUMBLINE_MODE: 'development', DATA_DIR: join(directory, 'data'), APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey, WEBHOOK_SECRET: github.webhookSecret, GITHUB_API_URL: github.url } });

  before(async () => {
    github = await startGitHub();
    server = await runServer({ github, dataDirectory: join(directory, 'data'), node: shortLived, environment: ownSettings() });
    github.deliverTo(`${server.url}/api/github/webhooks`);
    repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration } });
    github.addUser('olga', 'admin', repository);
    github.addUser('wim', 'write', repository);
    await github.commitFiles(repository, 'change', { 'README.md': 'hello' });
    const { head } = await github.openPullRequest(repository, { branch: 'change' });
    await eventually('a roll-up', async () => ((await github.checkRuns(repository, head)).some((one) => one['name'] === 'plumbline' && one['status'] === 'completed') ? true : null));
  });

  after(async () => {
    await server.kill();
    await github.stop();
    remove();
  });

  test('audit verify store exits 0 and says that every entry is covered', async () => {
    const { code, stdout, stderr } = await plumbline('audit', 'verify', 'store');
    assert.deepEqual([code, stderr], [0, '']);
    const [, entries, covered] = /(\d+) entries read; the newest verified checkpoint covers (\d+) of them/.exec(stdout) ?? [];
    assert.ok(Number(entries) >= 2);
    assert.equal(covered, entries);
  });

  test('evidence calibration tells that nothing is known about agents yet, and of no repository of another account', async () => {
    const { code, stdout } = await plumbline('evidence', 'calibration', `${repository.owner}/${repository.name}`);
    assert.equal(code, 0);
    assert.match(stdout, /nothing is known about an agent yet/);
    const { stdout: json } = await plumbline('evidence', 'calibration', String(repository.id), '--format', 'json');
    assert.deepEqual(JSON.parse(json), { account: repository.account.id, repository: { id: repository.id, name: `${repository.owner}/${repository.name}` }, agents: [] });
    assert.match((await plumbline('evidence', 'calibration', 'acme/other')).stderr, /no such repository here/);
    assert.equal((await plumbline('evidence', 'calibration', '../x/y')).code, 64);
  });

  test('usage tells that nothing was used yet, and exports no row', async () => {
    const { code, stdout } = await plumbline('usage');
    assert.deepEqual([code, stdout.endsWith(': 0 tokens, $0\n')], [0, true]);
    const { stdout: csv } = await plumbline('usage', 'export', '--from', '2026-01-01', '--to', '2026-12-01', '--repository', String(repository.id));
    assert.match(csv, /^BilledCost,[^\n]+x_Source\r\n$/);
    assert.match((await plumbline('usage', '--repository', 'acme/other')).stderr, /no such repository here/);
  });

  test('audit export writes a log that verifies offline, with the key of the server', async () => {
    assert.equal((await plumbline('audit', 'export', 'log.ndjson')).code, 0);
    const { code, stdout } = await plumbline('audit', 'verify', 'log.ndjson', '--format', 'json');
    const result = JSON.parse(stdout) as { readonly outcome: string; readonly entries: number; readonly sealed: number };
    assert.deepEqual([code, result.outcome, result.sealed], [0, 'verified', result.entries]);
  });

  test('audit bundle writes what became of a pull request, which verifies offline', async () => {
    const { code, stdout, stderr } = await plumbline('audit', 'bundle', 'evidence', '--pull-request', 'acme/shop#1');
    assert.deepEqual([code, stderr], [0, '']);
    const verified = await plumbline('audit', 'verify', stdout.trim(), '--format', 'json');
    const result = JSON.parse(verified.stdout) as { readonly outcome: string; readonly entries: number };
    assert.deepEqual([verified.code, result.outcome, result.entries >= 2], [0, 'verified', true]);
  });

  test('audit bundle of a period holds all that stands in the log, sealed, and its decisions can be judged again out of it', async () => {
    const { code, stdout, stderr } = await plumbline('audit', 'bundle', 'evidence', '--from', '2020-01-01', '--to', '2100-01-01');
    assert.deepEqual([code, stderr], [0, '']);
    const verified = await plumbline('audit', 'verify', stdout.trim(), '--replay', '--format', 'json');
    const [bundle, replay] = verified.stdout.trim().split('\n').map((line): Record<string, unknown> => JSON.parse(line));
    assert.deepEqual([verified.code, bundle?.['outcome'], bundle?.['inputs'], replay?.['same'], replay?.['replayed']], [0, 'verified', 1, 1, 1]);
  });

  test('audit bundle that is asked for nothing, or for two things, is wrong usage', async () => {
    for (const words of [[], ['--from', '2027-01-01'], ['--contract', 'a', '--pull-request', 'acme/shop#1'], ['--from', '2027-02-01', '--to', '2027-01-01'], ['--pull-request', 'shop#1']]) {
      assert.equal((await plumbline('audit', 'bundle', 'evidence', ...words)).code, 64, words.join(' '));
    }
  });

  test('audit export --format tiles and audit prove write what verifies offline', async () => {
    assert.equal((await plumbline('audit', 'export', '--format', 'tiles', 'tiles')).code, 0);
    assert.equal((await plumbline('audit', 'verify', 'tiles')).code, 0);
    const proof = await plumbline('audit', 'prove', '0');
    assert.equal(proof.code, 0);
    writeFileSync(join(directory, 'entry.proof'), proof.stdout);
    const { code, stdout } = await plumbline('audit', 'verify', 'entry.proof');
    assert.deepEqual([code, /^verified {2}the inclusion proof of /.test(stdout)], [0, true]);
    assert.equal((await plumbline('audit', 'prove', '99999')).code, 3);
  });

  test('audit status shows how each log stands', async () => {
    const { code, stdout } = await plumbline('audit', 'status', '--format', 'json');
    const { account, sealed, blocked, anchors, selfAudit } = JSON.parse(stdout) as { readonly selfAudit: null | object; readonly account: number; readonly sealed: { readonly size: number }; readonly blocked: null; readonly anchors: readonly unknown[] };
    assert.deepEqual([code, account, sealed.size > 0, blocked, anchors], [selfAudit === null ? 3 : 0, github.account.id, true, null, []]);
    assert.match((await plumbline('audit', 'status')).stdout, /^account \d+ {2}\d+ entries\n {2}sealed to \d+ at /);
  });

  test('audit tail shows the newest entries', async () => {
    const { code, stdout } = await plumbline('audit', 'tail', '--count', '50');
    assert.equal(code, 0);
    assert.match(stdout, /decision\.made/);
  });

  test('audit resume of a log that is not blocked changes nothing', async () => {
    const { code, stdout } = await plumbline('audit', 'resume', '--by', 'olga', '--reason', 'just to see');
    assert.deepEqual([code, /is not blocked\. Nothing was changed/.test(stdout)], [0, true]);
  });

  test('audit hold, erase and release-hold go through the door of the server, and nothing that is needed is erased', async () => {
    const decided = ['--by', 'olga', '--reason', 'case 12'];
    const held = await plumbline('audit', 'hold', '--repository', 'acme/shop', ...decided);
    const [, hold = ''] = /^hold (\d+) on "acme\/shop"/.exec(held.stdout) ?? [];
    const covered = await plumbline('audit', 'erase', '--entry', '0', ...decided);
    assert.deepEqual([covered.code, covered.stdout.includes(`hold ${hold} covers it`), (await plumbline('audit', 'release-hold', hold, ...decided)).code], [2, true, 0]);
    const decision = (await plumbline('audit', 'tail', '--count', '99', '--format', 'json')).stdout.split('\n').find((line) => line.includes('"decision.made"')) ?? '{}';
    const { sequence } = JSON.parse(decision) as { readonly sequence: number };
    const { code, stdout } = await plumbline('audit', 'erase', '--entry', String(sequence), ...decided, '--format', 'json');
    const { entries, kept, holds } = JSON.parse(stdout) as { readonly entries: number; readonly kept: readonly { readonly kind: string }[]; readonly holds: readonly unknown[] };
    assert.deepEqual([code, entries, kept.map(({ kind }) => kind), holds], [2, 0, ['needed'], []]);
    assert.match((await plumbline('audit', 'tail')).stdout, /retention\.held[\s\S]*retention\.released/);
  });

  test('config detach by somebody who may not decide it is refused', async () => {
    const { code, stderr } = await plumbline('config', 'detach', 'acme/shop', '--by', 'wim');
    assert.equal(code, 3);
    assert.match(stderr, /GITHUB_REFUSED[\s\S]*expected an administrator/);
  });

  test('config detach by an administrator forgets the configuration, once, and the log says so', async () => {
    assert.match((await plumbline('config', 'detach', 'acme/shop', '--by', 'olga')).stdout, /is detached/);
    assert.match((await plumbline('config', 'detach', 'acme/shop', '--by', 'olga')).stdout, /nothing to detach/);
    assert.match((await plumbline('audit', 'tail')).stdout, /config\.detached .*user:olga/);
  });

  test('doctor says that the store answers through the server', async () => {
    const { stdout } = await plumbline('doctor', '--format', 'json');
    const { checks } = JSON.parse(stdout) as { readonly checks: readonly { readonly name: string; readonly state: string; readonly found: string }[] };
    const database = checks.find(({ name }) => name === 'database');
    assert.equal(database?.state, 'ok');
    assert.match(database.found, /through the running server \(plumbline\/\d/);
  });

  test('the data directory and the socket are for their owner only', () => {
    assert.equal(statSync(join(directory, 'data')).mode & 0o777, 0o700);
    assert.equal(statSync(join(directory, 'data', 'operator.sock')).mode & 0o777, 0o600);
  });

  test('after SIGKILL the commands open the store themselves, and a new server replaces the socket', async () => {
    await server.kill();
    assert.ok(existsSync(join(directory, 'data', 'operator.sock')));
    assert.equal((await plumbline('audit', 'verify', 'store')).code, 0);
    server = await runServer({ github, dataDirectory: join(directory, 'data'), node: shortLived, environment: ownSettings() });
    assert.equal((await plumbline('audit', 'verify', 'store')).code, 0);
  });

  test('SIGTERM takes the socket away and leaves no entry unsealed', async () => {
    assert.equal(await server.stop(), 0);
    assert.equal(existsSync(join(directory, 'data', 'operator.sock')), false);
    const { entries, sealed } = JSON.parse((await plumbline('audit', 'verify', 'store', '--format', 'json')).stdout) as { readonly entries: number; readonly sealed: number };
    assert.equal(sealed, entries);
  });
});

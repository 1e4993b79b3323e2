import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { engine } from '../../../src/config/engine.ts';
import { readLogKey } from '../../../src/audit/log-key.ts';
import { inputLink } from '../../../src/audit/snapshot-link.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { createSealer } from '../../../src/flows/seal-checkpoint.ts';
import { toldOfDecision } from '../../../src/flows/told-of-decision.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { account, aDraft, host } from '../../builders/a-log.ts';
import { aFittingDraft } from '../../builders/fitting-drafts.ts';
import { logKeyPem } from '../../builders/server-keys.ts';
import { layEmptyStore } from '../../builders/empty-store.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { fakeLog } from '../../fakes/fake-log.ts';
import { judged, keptParts } from '../../flows/replay/a-decided-log.ts';
import { richChanges } from '../../flows/lost-answers/rich-changes.ts';
import { runPlumbline } from '../run-plumbline.ts';

const month = 30 * 86_400_000;

/** The directory of a server that is stopped; its log has two decisions of a month ago (0 and 1), a command of mona's (2), and what olga said of her (3). */
async function aStoppedServer(context: TestContext) {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  await layEmptyStore(join(path, 'data'));
  const clock = { now: () => new Date(Date.now() - month) };
  const store = await openStore({ databaseUrl: null, directory: join(path, 'data'), log: fakeLog(), clock });
  for (const [, , change] of richChanges.slice(0, 2)) {
    const { decision, input } = await judged(change, engine);
    const payload: JsonValue = JSON.parse(JSON.stringify(decision));
    await store.transaction(async (transaction) => {
      await transaction.keepInputs(account, keptParts(input));
      await transaction.append(aDraft({ ...toldOfDecision(decision), payload, actor: 'user:mona', links: ['id', `commit:${decision.head}`, inputLink(input.root.digest)] }));
    });
  }
  await store.transaction(async (transaction) => {
    await transaction.append(aFittingDraft('command.run', { account, rationale: 'recheck' }));
    await transaction.append(aFittingDraft('command.run', { account, actor: 'user:olga', rationale: 'as mona said' }));
  });
  await createSealer({ store, signer: readLogKey(logKeyPem, host), clock }).seal(account, { force: true });
  await store.close();
  return async (...words: readonly string[]) => await runPlumbline(path, words, { environment: { PLUMBLINE_MODE: 'development', DATA_DIR: 'data', LOG_KEY: logKeyPem } });
}

const request = ['--by', 'olga', '--reason', 'request 4711'] as const;

test('audit erase says in a dry run what it then does, and everything else about the log goes on', async (context) => {
  const { path: directory, remove } = aTemporaryDirectory();
  context.after(remove);
  const run = await aStoppedServer(context);
  assert.equal((await run('audit', 'export', join(directory, 'before.ndjson'))).code, 0);
  assert.deepEqual([(await run('audit', 'verify', join(directory, 'before.ndjson'), '--replay')).code, (await run('audit', 'verify', 'store', '--replay')).code], [0, 0]);

  const rehearsed = await run('audit', 'erase', '--actor', 'Mona', ...request, '--dry-run');
  assert.deepEqual([rehearsed.code, rehearsed.stdout], [2, `account 42
  would erase details of 3 entries, from entry 0 to 2
  and what 2 of their decisions were made of: these can not be judged again
  1 other entries say this login. To erase them, too:
    plumbline audit erase --account 42 --actor Mona --naming --by <login> --reason <why>
  What other decisions were made of was not searched for the login.
  Nothing was changed: this was a dry run.
`]);
  assert.match((await run('audit', 'tail')).stdout, /user:mona/);
  const erased = await run('audit', 'erase', '--actor', 'mona', '--naming', ...request, '--format', 'json');
  const { entries, judged: decisions, kept, isRehearsed } = JSON.parse(erased.stdout) as Readonly<Record<string, unknown>>;
  assert.deepEqual([erased.code, entries, decisions, kept, isRehearsed], [0, 4, 2, [], false]);

  const tail = await run('audit', 'tail', '--format', 'json');
  assert.deepEqual([/mona/.test(tail.stdout), (tail.stdout.match(/"opened":\{"actor":null,"rationale":null,"payload":null\}/g) ?? []).length], [false, 4]);
  assert.equal((await run('audit', 'verify', 'store')).code, 0);
  const replay = await run('audit', 'verify', 'store', '--replay', '--format', 'json');
  const result = JSON.parse(replay.stdout.trim().split('\n').at(-1) ?? '') as Readonly<Record<string, unknown>>;
  assert.deepEqual([replay.code, result['unreplayable'], result['replayed'], result['different']], [3, 2, 0, []]);
  assert.equal((await run('audit', 'export', join(directory, 'after.ndjson'))).code, 0);
  assert.equal((await run('audit', 'export', '--format', 'tiles', join(directory, 'tiles'))).code, 0);
  const proof = await run('audit', 'prove', '0');
  writeFileSync(join(directory, 'entry.proof'), proof.stdout);
  for (const source of ['before.ndjson', 'after.ndjson', 'tiles', 'entry.proof']) assert.equal((await run('audit', 'verify', join(directory, source))).code, 0, source);
});

test('audit hold keeps what it covers from audit erase, which exits 2 and says so, until audit release-hold', async (context) => {
  const run = await aStoppedServer(context);
  assert.match((await run('audit', 'holds')).stdout, /There are no holds/);
  const held = await run('audit', 'hold', '--repository', 'acme/shop', '--from', '2020-01-01', ...request);
  const [, hold = ''] = /^hold (\d+) on "acme\/shop", entries from 2020-01-01T00:00:00\.000Z on: "request 4711" \(olga, /.exec(held.stdout) ?? [];
  assert.notEqual(hold, '', held.stdout + held.stderr);
  for (const shown of [await run('audit', 'holds'), await run('audit', 'status')]) assert.match(shown.stdout, new RegExp(`hold ${hold} on "acme/shop"`));
  const { code, stdout } = await run('audit', 'erase', '--entry', '2', '3', ...request, '--dry-run');
  assert.deepEqual([code, stdout.split('\n').slice(1, 4)], [2, ['  would erase details of 0 entries', `  stays (held)  entry 2: hold ${hold} covers it`, `  stays (held)  entry 3: hold ${hold} covers it`]]);
  assert.equal((await run('audit', 'erase', '--entry', '2', ...request)).code, 2);
  assert.match((await run('audit', 'tail')).stdout, /user:mona/);
  assert.deepEqual([(await run('audit', 'release-hold', '99', ...request)).code, (await run('audit', 'release-hold', hold, ...request)).code], [3, 0]);
  assert.equal((await run('audit', 'erase', '--entry', '2', ...request)).code, 0);
  assert.match((await run('audit', 'tail')).stdout, /command\.run .*\(erased\): \(erased\)/);
});

test('audit erase and hold refuse what they can not understand, and change nothing', async (context) => {
  const run = await aStoppedServer(context);
  const wrong: readonly (readonly string[])[] = [
    ['erase', ...request],
    ['erase', '--actor', 'mona', '--entry', '1', ...request],
    ['erase', '--entry', '1', '--naming', ...request],
    ['erase', '--entry', 'x', ...request],
    ['erase', '--actor', '.*', ...request],
    ['erase', '--actor', 'olga', ...request],
    ['erase', '--actor', 'mona', '--by', 'olga'],
    ['erase', '--actor', 'mona', '--by', 'a b', '--reason', 'x'],
    ['erase', '--actor', 'mona', '--by', 'olga', '--reason', ''],
    ['erase', '--actor', 'mona', '--by', 'olga', '--reason', 'Mona asked'],
    ['hold', '--repository', 'acme', ...request],
    ['hold', '--from', 'yesterday', ...request],
    ['hold', '--from', '2027-01-02', '--to', '2027-01-01', ...request],
    ['release-hold', 'x', ...request],
  ];
  for (const words of wrong) assert.equal((await run('audit', ...words)).code, 64, words.join(' '));
  assert.equal((await run('audit', 'erase', '--entry', '99', ...request)).code, 3);
  assert.equal((await run('audit', 'hold', '--repository', 'acme/unknown', ...request)).code, 3);
  assert.doesNotMatch((await run('audit', 'tail')).stdout, /retention\.|erased/);
});

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Operations } from '../../src/flows/operations.ts';
import { openOperatorDoor } from '../../src/web/operator-door.ts';
import { aDirectory } from '../builders/server-process.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { anOperatedStore } from './operator-fixture.ts';

/** A door in a directory of its own, closed with the test. */
async function aDoor(context: TestContext, given: { readonly directory?: string; readonly operations?: Operations } = {}) {
  const directory = given.directory ?? aDirectory(context);
  const log = fakeLog();
  const operations = given.operations ?? (await anOperatedStore()).operations;
  const door = await openOperatorDoor({ directory, operations, log });
  context.after(() => door?.stop());
  return { directory, door, log, path: join(directory, 'operator.sock') };
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string;
  readonly body?: string | Buffer;
}

async function send(socketPath: string, sent: Sent): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const outgoing = request({ socketPath, method: sent.method ?? 'POST', path: sent.path ?? '/v1/operations', agent: false, headers: { 'content-type': sent.type ?? 'application/json' } });
  outgoing.end(sent.body ?? '{"operation":"hello"}');
  const [incoming] = await once(outgoing, 'response');
  return { status: incoming.statusCode, text: await text(incoming) };
}

const garbage: Readonly<Record<string, readonly [Sent, number]>> = {
  'another path': [{ path: '/' }, 404],
  'another path with a query': [{ path: '/v1/operations?x=1' }, 404],
  'another method': [{ method: 'GET', body: '' }, 405],
  'another content type': [{ type: 'text/plain' }, 415],
  'no JSON': [{ body: 'select 1' }, 400],
  'bytes that are no UTF-8': [{ body: Buffer.from([0x22, 0xff, 0x22]) }, 400],
  'an empty body': [{ body: '' }, 400],
  'an unknown operation': [{ body: '{"operation":"sql","text":"drop table audit_leaves"}' }, 400],
  'a member too many': [{ body: '{"operation":"hello","directory":"/etc"}' }, 400],
  'an account that is a text': [{ body: '{"operation":"size","account":"1 or 1=1"}' }, 400],
  'an account below one': [{ body: '{"operation":"size","account":-1}' }, 400],
  'more entries than fit an answer': [{ body: '{"operation":"entries","account":1,"from":0,"limit":100000}' }, 400],
  'a detachment by nobody': [{ body: '{"operation":"detach","account":1,"repository":null,"by":""}' }, 400],
  'a detachment by a name with control characters': [{ body: '{"operation":"detach","account":1,"repository":null,"by":"a\\u001b[2J"}' }, 400],
  'a resumption without a reason': [{ body: '{"operation":"resume","account":1,"actor":"user:olga","reason":""}' }, 400],
  'a resumption by the system': [{ body: '{"operation":"resume","account":1,"actor":"system","reason":"x"}' }, 400],
  'an erasure of nothing': [{ body: '{"operation":"erase","account":1,"asked":{"kind":"entries","entries":[]},"by":"olga","reason":"x","isRehearsed":false}' }, 400],
  'an erasure of a pattern': [{ body: '{"operation":"erase","account":1,"asked":{"kind":"person","login":".*","naming":true},"by":"olga","reason":"x","isRehearsed":false}' }, 400],
  'an erasure without a reason': [{ body: '{"operation":"erase","account":1,"asked":{"kind":"entries","entries":["1"]},"by":"olga","reason":"","isRehearsed":false}' }, 400],
  'an erasure of the schedule': [{ body: '{"operation":"apply","account":1}' }, 400],
  'a hold from no instant': [{ body: '{"operation":"hold","account":1,"repository":null,"from":"yesterday","to":null,"by":"olga","reason":"x"}' }, 400],
  'the end of a hold by nobody': [{ body: '{"operation":"release-hold","account":1,"hold":1,"by":"","reason":"x"}' }, 400],
  'a body over 64 KiB': [{ body: Buffer.alloc(70_000, 'a') }, 413],
};

test('a request that is not one of the fixed operations gets a 4xx with a failure, and changes nothing', async (context) => {
  const { operations, asked } = await anOperatedStore();
  const { path } = await aDoor(context, { operations });
  for (const [title, [sent, status]] of Object.entries(garbage)) {
    const answer = await send(path, sent);
    assert.equal(answer.status, status, title);
    assert.equal((JSON.parse(answer.text) as { readonly code: string }).code, 'USAGE', title);
  }
  assert.deepEqual(asked, []);
});

test('what is no HTTP at all gets a 4xx and the door stays open', async (context) => {
  const { path } = await aDoor(context);
  const socket = connect(path);
  socket.end('\u0000\u0001 garbage\r\n\r\n');
  assert.match(await text(socket), /^HTTP\/1\.1 400 /);
  assert.equal((await send(path, {})).status, 200);
});

test('the socket is for its owner only, and gone after stop()', async (context) => {
  const { path, door } = await aDoor(context);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  await door?.stop();
  assert.equal(existsSync(path), false);
});

test('another user can not connect, not even into a directory that is open to all', { skip: process.getuid?.() === 0 ? false : 'only root can act as another user' }, async (context) => {
  const { directory, path } = await aDoor(context);
  chmodSync(directory, 0o755);
  const script = `require('node:net').connect(process.argv[1]).on('connect',()=>console.log('connected')).on('error',(thrown)=>console.log(thrown.code))`;
  const child = spawn(process.execPath, ['-e', script, path], { uid: 65_534, gid: 65_534, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'] });
  assert.equal((await text(child.stdout)).trim(), 'EACCES');
});

test('the socket of a dead server is replaced', async (context) => {
  const directory = aDirectory(context);
  const script = `require('node:net').createServer().listen(process.argv[1],()=>process.kill(process.pid,'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', script, join(directory, 'operator.sock')]), 'exit');
  assert.ok(statSync(join(directory, 'operator.sock')).isSocket());
  const { path } = await aDoor(context, { directory });
  assert.equal((await send(path, {})).status, 200);
});

test('there is no door, and the log says why, where its path is too long, taken, or in the hands of others', async (context) => {
  const long = join(aDirectory(context), 'd'.repeat(120));
  mkdirSync(long);
  const taken = aDirectory(context);
  writeFileSync(join(taken, 'operator.sock'), 'kept');
  const shared = aDirectory(context);
  chmodSync(shared, 0o777);
  for (const [directory, why] of [[long, /set a shorter DATA_DIR/], [taken, /no socket has its name/], [shared, /chmod go-w/]] as const) {
    const { door, log } = await aDoor(context, { directory });
    assert.equal(door, null);
    assert.deepEqual(log.lines.map(({ level, message }) => [level, message]), [['warn', 'operator door not opened']]);
    assert.match(String(log.lines[0]?.fields['why']), why);
  }
  assert.ok(statSync(join(taken, 'operator.sock')).isFile());
});

test('a change that an operator asks for is logged, a reading is not', async (context) => {
  const { path, log } = await aDoor(context);
  await send(path, { body: '{"operation":"accounts"}' });
  await send(path, { body: '{"operation":"detach","account":42,"repository":null,"by":"olga"}' });
  await send(path, { body: '{"operation":"hold","account":42,"repository":null,"from":null,"to":null,"by":"olga","reason":"x"}' });
  await send(path, { body: '{"operation":"erase","account":42,"asked":{"kind":"person","login":"mona","naming":true},"by":"olga","reason":"x","isRehearsed":false}' });
  assert.deepEqual(log.lines.map(({ message, fields }) => [message, fields['operation'], fields['by'], JSON.stringify(fields).includes('mona')]), [['operator asked', 'detach', 'olga', false], ['operator asked', 'hold', 'olga', false], ['operator asked', 'erase', 'olga', false]]);
});

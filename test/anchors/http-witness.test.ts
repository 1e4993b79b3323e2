import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { httpWitness } from '../../src/anchors/http-witness.ts';
import { findCosignature, parseWitnessKey } from '../../src/audit/cosignature.ts';
import { readNote } from '../../src/audit/signed-note.ts';
import { account, aLog, host, sealed } from '../builders/a-log.ts';
import { anAnchoredLog, publicKeyObject } from '../builders/anchored-log.ts';
import { aWitness } from '../fakes/witness-server.ts';

async function aWitnessed(context: TestContext) {
  const witness = await aWitness(context, publicKeyObject());
  const key = parseWitnessKey(witness.key);
  assert.ok(key !== null);
  return { witness, key, anchored: anAnchoredLog(httpWitness({ url: witness.url, key }, 5_000)) };
}

suite('a log with an HTTP witness', () => {
  test('has each checkpoint cosigned, each with a proof from the one before, and keeps what verifies', async (context) => {
    const { witness, key, anchored } = await aWitnessed(context);
    for (const entries of [3, 300, 1]) {
      await anchored.grow(entries);
      await anchored.run();
    }
    assert.deepEqual([anchored.sizes(), witness.asked, anchored.told()], [[4, 305, 307], [0, 4, 305], []]);
    for (const [at, { cosignature }] of anchored.watch.saved.entries()) {
      const checkpoint = anchored.log.checkpointsOf.find(({ size }) => size === anchored.sizes()[at]);
      const note = readNote(checkpoint?.note ?? '');
      assert.ok(note.kind === 'note' && cosignature !== null);
      assert.equal(findCosignature(note.note.text, cosignature, key)?.line, cosignature);
      assert.equal(readNote(`${checkpoint?.note}${cosignature}`).kind, 'note');
    }
  });

  test('is asked once for each checkpoint, however often a run comes', async (context) => {
    const { witness, anchored } = await aWitnessed(context);
    await anchored.grow(3);
    for (let run = 0; run < 3; run += 1) await anchored.run();
    assert.deepEqual(witness.asked, [0]);
  });

  test('goes on from the size that the witness says, when an answer got lost or our memory did', async (context) => {
    const { witness, anchored } = await aWitnessed(context);
    await anchored.grow(3);
    witness.trouble.push({ status: 502, after: true });
    await anchored.run();
    assert.deepEqual([anchored.sizes(), witness.seen.get(`${host}/${account}`)?.size], [[], 4]);
    await anchored.run();
    await anchored.grow(5);
    anchored.watch.saved.length = 0;
    await anchored.run();
    assert.deepEqual([anchored.sizes(), witness.asked], [[10], [0, 0, 4, 0, 4]]);
    assert.deepEqual(anchored.told(), ['error checkpoint not anchored', 'info checkpoint anchored again']);
  });

  test('never stops appending, and is told once until it answers again', async (context) => {
    const { witness, anchored } = await aWitnessed(context);
    await anchored.grow(3);
    for (const trouble of [{ status: 500 }, { status: 403 }, { status: 200, body: 'hello\n' }, { status: 200, body: '— witness.example/w1 AAAA\n' }, { status: 409, body: '99\n', type: 'text/x.tlog.size' }, { status: 409, body: 'x' }, { status: 302 }]) {
      witness.trouble.push(trouble);
      await anchored.run();
    }
    anchored.log.append();
    assert.deepEqual([anchored.sizes(), anchored.told(), await anchored.log.blocked(account)], [[], ['error checkpoint not anchored'], null]);
    await anchored.run();
    assert.deepEqual(anchored.told(), ['error checkpoint not anchored', 'info checkpoint anchored again']);
  });

  test('a witness that is not there, or gives no end, is no reason to wait for long', async (context) => {
    const { witness, key } = await aWitnessed(context);
    const away = anAnchoredLog(httpWitness({ url: 'http://127.0.0.1:1', key }, 5_000));
    await away.grow(3);
    await away.run();
    const endless = anAnchoredLog(httpWitness({ url: witness.url, key }, 5_000));
    await endless.grow(3);
    witness.trouble.push({ status: 200, body: 'x'.repeat(100_000) });
    await endless.run();
    assert.match([...away.failures(), ...endless.failures()].join('\n'), /Cannot ask the witness[^\n]+\n.*more than 65536 bytes/);
  });

  test('attack: a log that was cut back or rewritten gets no cosignature', async (context) => {
    const { witness, key, anchored } = await aWitnessed(context);
    await anchored.grow(9);
    await anchored.run();
    const cut = anAnchoredLog(httpWitness({ url: witness.url, key }, 5_000), await sealed(await aLog({ entries: 5 })));
    await cut.run();
    const same = anAnchoredLog(httpWitness({ url: witness.url, key }, 5_000), await sealed(await aLog({ entries: 9, subject: 'other' })));
    await same.run();
    const longer = anAnchoredLog(httpWitness({ url: witness.url, key }, 5_000), await sealed(await aLog({ entries: 20, subject: 'other' })));
    await longer.run();
    assert.deepEqual([cut.sizes(), same.sizes(), longer.sizes()], [[], [], []]);
    assert.match(cut.failures().join(), /it has seen 10 entries, this checkpoint has 6/);
    assert.match(same.failures().join(), /at size 10 it has seen another root: there are two histories/);
    assert.match(longer.failures().join(), /it answered 422/);
  });

  test('a cosignature of another key, of another checkpoint or with another time is none', async (context) => {
    const { witness, key, anchored } = await aWitnessed(context);
    await anchored.grow(3);
    await anchored.run();
    const cosignature = anchored.watch.saved[0]?.cosignature ?? '';
    const note = readNote(anchored.log.checkpointsOf.at(-1)?.note ?? '');
    assert.ok(note.kind === 'note');
    const other = parseWitnessKey((await aWitness(context, publicKeyObject())).key);
    assert.ok(other !== null);
    assert.equal(findCosignature(note.note.text, cosignature, other), null);
    assert.equal(findCosignature(note.note.text.replace('\n4\n', '\n5\n'), cosignature, key), null);
    const [dash, name, encoded = ''] = cosignature.trim().split(' ');
    const bytes = Buffer.from(encoded, 'base64');
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 1;
      assert.equal(findCosignature(note.note.text, `${dash} ${name} ${forged.toString('base64')}\n`, key), null, String(at));
    }
    for (const wrong of ['', witness.key.slice(0, -4), witness.key.replace('+', '+0'), witness.key.replace('witness', 'w tness'), `x${witness.key}`]) assert.equal(parseWitnessKey(wrong), null);
  });
});

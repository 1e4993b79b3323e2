import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import type { LogProof } from '../../src/audit/log-proof.ts';
import { formatProof, readProof } from '../../src/audit/proof-format.ts';
import { prove } from '../../src/audit/prove.ts';
import type { ToProve } from '../../src/audit/prove.ts';
import { readTrustedKeys } from '../../src/audit/trusted-key.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { verifyProof } from '../../src/audit/verify-proof.ts';
import { readLeaves } from '../../src/flows/read-audit-log.ts';
import { aDraft, aLog, aLogKey, account, host, sealed, TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';

const trusted = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey().publicKey)));
const isLong = process.env['PLUMBLINE_LONG'] === '1';

async function proofIn(log: TestLog, wanted: ToProve): Promise<LogProof> {
  return await prove(await readLeaves(log, account, [aLogKey().publicKey]), wanted);
}

/** The outcome and what was wrong, of a proof as a file. */
function verdict(text: string, trust: { readonly keys?: typeof trusted; readonly checkpoints?: readonly string[] } = {}): string {
  const reading = readProof(text);
  if (reading.kind === 'problem') return 'unchecked';
  const { outcome, firstWrong } = verifyProof(reading.proof, { keys: trusted, checkpoints: [], ...trust });
  return firstWrong === null ? outcome : `${outcome} ${firstWrong.reason}`;
}

suite('prove() and verifyProof()', () => {
  let log = new TestLog();
  before(async () => {
    log = await sealed(await aLog({ entries: 530, sealEvery: 250 }));
  });

  test('an entry is proven wherever it stands, by its sequence and by its id', async () => {
    const { size } = { size: log.entriesOf.length };
    for (const entry of [0, 1, 255, 256, 300, 511, 512, size - 1]) {
      const proof = await proofIn(log, { entry });
      const { id } = JSON.parse(Buffer.from(log.entriesOf[entry]!.leaf).toString()) as { readonly id: string };
      assert.deepEqual(await proofIn(log, { entry: id }), proof);
      for (const form of ['json', 'c2sp'] as const) assert.equal(verdict(formatProof(proof, form)), 'verified', `${entry} ${form}`);
    }
  });

  test('an entry of a later release is unchecked: that it stands there is shown, and not what it says', async () => {
    const later = new TestLog();
    later.append();
    later.entriesOf.push({ sequence: 1, leaf: Buffer.from('{"sequence":1,"version":2}'), openings: [] });
    await sealed(later);
    const verdicts = await Promise.all([0, 1].map(async (entry) => verdict(formatProof(await proofIn(later, { entry }), 'json'))));
    assert.deepEqual(verdicts, ['verified', 'unchecked']);
  });

  test('a larger log is proven to extend a smaller one, whatever its size', async () => {
    for (const from of [1, 2, 250, 255, 256, 257, 512, log.entriesOf.length]) {
      const proof = await proofIn(log, { from });
      assert.equal(verdict(formatProof(proof, 'json')), 'verified', String(from));
    }
  });

  test('a request to a witness holds no root: the checkpoint of that size must be given', async () => {
    const [first] = log.checkpointsOf;
    const text = formatProof(await proofIn(log, { from: first!.size }), 'c2sp');
    assert.equal(verdict(text), 'unchecked');
    assert.equal(verdict(text, { checkpoints: [first!.note] }), 'verified');
  });

  test('the text of an entry is that of C2SP tlog-proof, with the leaf as its extra', async () => {
    const small = await aLog({ entries: 3 });
    const proof = await proofIn(small, { entry: 2 });
    const [line, extra, index, sibling, blank, ...checkpoint] = formatProof(proof, 'c2sp').split('\n');
    assert.deepEqual([line, extra, index, blank, checkpoint.join('\n')], ['c2sp.org/tlog-proof@v1', `extra ${Buffer.from(small.entriesOf[2]!.leaf).toString('base64')}`, 'index 2', '', small.checkpointsOf[0]!.note]);
    assert.equal(Buffer.from(sibling ?? '', 'base64').length, 32);
  });

  test('what no checkpoint covers is not proven', async () => {
    const young = await aLog({ entries: 5, sealEvery: 3 });
    await assert.rejects(proofIn(young, { entry: 4 }), isFailure('NOT_FOUND', /not among the 3 entries/));
    await assert.rejects(proofIn(young, { entry: '00000000-0000-7000-8000-00000000ffff' }), isFailure('NOT_FOUND'));
    for (const from of [0, 4]) await assert.rejects(proofIn(young, { from }), isFailure('NOT_FOUND', /expected 1 to 3/));
    await assert.rejects(proofIn(new TestLog(), { entry: 0 }), isFailure('NOT_FOUND', /no checkpoint/));
  });

  test('a log that is not what its checkpoint says proves nothing', async () => {
    const broken = await aLog({ entries: 5 });
    const other = broken.entriesOf[1]!;
    broken.entriesOf[1] = { ...other, leaf: Buffer.from(Buffer.from(other.leaf).toString().replace('allow', 'block')) };
    for (const wanted of [{ entry: 1 }, { entry: 4 }, { from: 3 }, { from: 1 }]) await assert.rejects(proofIn(broken, wanted), isFailure('AUDIT_TAMPERED'));
    broken.entriesOf = broken.entriesOf.slice(0, 3);
    await assert.rejects(proofIn(broken, { entry: 0 }), isFailure('AUDIT_TAMPERED'));
  });

  test('without a key nothing is proven, and another key is refused', async () => {
    const proof = await proofIn(log, { entry: 7 });
    assert.equal(verdict(formatProof(proof, 'c2sp'), { keys: [] }), 'unchecked');
    const eve = readTrustedKeys(formatVerifierKey(verifierKeyOf(`${host}/${account}`, aLogKey('eve').publicKey)));
    assert.equal(verdict(formatProof(proof, 'json'), { keys: eve }), 'tampered key_unknown');
    assert.equal(verdict(formatProof(proof, 'json'), { keys: [] }), 'verified');
  });

  test('no byte of a proof can be changed', async () => {
    const small = await aLog({ entries: 6, sealEvery: 3 });
    const [kept] = small.checkpointsOf;
    const texts = [formatProof(await proofIn(small, { entry: 4 }), 'json'), formatProof(await proofIn(small, { entry: 4 }), 'c2sp'), formatProof(await proofIn(small, { from: 3 }), 'json'), formatProof(await proofIn(small, { from: 3 }), 'c2sp')];
    for (const text of texts) {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += isLong ? 1 : 7) {
        const forged = Buffer.from(bytes);
        forged[at] = (forged[at] ?? 0) ^ (1 << (at % 8));
        assert.notEqual(verdict(forged.toString('utf8'), { checkpoints: [kept!.note] }), 'verified', `${at}: ${text.slice(at - 20, at + 5)}`);
      }
    }
  });

  test('a proof from a second history is convicted by a kept checkpoint of its size', async () => {
    const real = await aLog({ entries: 6 });
    const split = await aLog({ entries: 6, subject: 'merge-group' });
    const text = formatProof(await proofIn(split, { entry: 2 }), 'json');
    assert.equal(verdict(text), 'verified');
    assert.equal(verdict(text, { checkpoints: [real.checkpointsOf[0]!.note] }), 'tampered root');
    const grown = await aLog({ entries: 9, sealEvery: 3, subject: 'merge-group' });
    const [three] = (await aLog({ entries: 3 })).checkpointsOf;
    assert.equal(verdict(formatProof(await proofIn(grown, { from: 3 }), 'json'), { checkpoints: [three!.note] }), 'tampered root');
  });

  test('kept checkpoints of which none is of a size of the proof prove nothing about it', async () => {
    const six = await aLog({ entries: 6, sealEvery: 3 });
    const [three, newest] = six.checkpointsOf;
    const [older, larger, elsewhere] = [three!.note, (await aLog({ entries: 9 })).checkpointsOf[0]!.note, newest!.note.replaceAll(`/${account}`, '/7')];
    for (const wanted of [{ entry: 2 }, { from: 2 }]) {
      const text = formatProof(await proofIn(six, wanted), 'json');
      for (const none of [older, larger, elsewhere]) assert.equal(verdict(text, { checkpoints: [none] }), 'unchecked', none);
      assert.equal(verdict(text, { checkpoints: [older, larger, newest!.note] }), 'verified');
    }
    assert.equal(verdict(formatProof(await proofIn(six, { from: three!.size }), 'json'), { checkpoints: [older] }), 'verified');
  });

  test('an entry that says another account or sequence is refused, though its hash stands in the tree', async () => {
    const forged = new TestLog();
    forged.append(aDraft({ account: 43 }));
    await assert.rejects(sealed(forged), isFailure('AUDIT_TAMPERED'));
    const proof = await proofIn(log, { entry: 7 });
    assert.ok(proof.kind === 'inclusion');
    assert.equal(verdict(formatProof({ ...proof, index: 8 }, 'json')), 'tampered root');
  });
});


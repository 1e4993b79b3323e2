import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { formatCheckpoint, readCheckpoint, signCheckpoint } from '../../src/audit/checkpoint.ts';
import { openNote } from '../../src/audit/open-note.ts';
import { emptyRoot } from '../../src/audit/merkle-hash.ts';
import { verifierKeyOf } from '../../src/audit/verifier-key.ts';
import { aLogKey } from '../builders/a-log.ts';

const signature = '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n';
/** The example of C2SP tlog-checkpoint. */
const example = `example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n${signature}`;

suite('checkpoints', () => {
  test('readCheckpoint() reads the published example', () => {
    const reading = readCheckpoint(example);
    assert.ok(reading.kind === 'checkpoint');
    assert.deepEqual([reading.checkpoint.origin, reading.checkpoint.size], ['example.com/behind-the-sofa', 20852163]);
    assert.equal(`${formatCheckpoint(reading.checkpoint)}\n${signature}`, example);
  });

  test('readCheckpoint() accepts extension lines and the empty tree', () => {
    assert.equal(readCheckpoint(example.replace('q2I=\n', 'q2I=\nextension\n')).kind, 'checkpoint');
    assert.equal(readCheckpoint(example.replace('20852163', '0')).kind, 'checkpoint');
  });

  const malformed = {
    'a leading zero in its size': example.replace('20852163', '020852163'),
    'a size of two zeros': example.replace('20852163', '00'),
    'a sign before its size': example.replace('20852163', '+20852163'),
    'a negative size': example.replace('20852163', '-1'),
    'a hexadecimal size': example.replace('20852163', '0x10'),
    'a size with a blank': example.replace('20852163', ' 20852163'),
    'a size with an exponent': example.replace('20852163', '1e3'),
    'a size beyond exact numbers': example.replace('20852163', '9007199254740993'),
    'no size': example.replace('20852163\n', ''),
    'a short root': example.replace('CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'CsUYapGG'),
    'a root with spare bits': example.replace('q2I=', 'q2J='),
    'an empty origin': example.replace('example.com/behind-the-sofa\n2', '\n2'),
    'an empty extension line': example.replace('q2I=\n', 'q2I=\n\nextension\n'),
    'nothing': '',
  };
  for (const [what, note] of Object.entries(malformed)) {
    test(`readCheckpoint() refuses a checkpoint with ${what}`, () => {
      assert.equal(readCheckpoint(note).kind, 'problem');
    });
  }

  test('signCheckpoint() signs under the origin, so that the note opens with the key named as the log', async () => {
    const key = aLogKey();
    const reading = readCheckpoint(await signCheckpoint({ origin: 'plumbline.example/42', size: 0, root: emptyRoot }, key));
    assert.ok(reading.kind === 'checkpoint');
    assert.equal(openNote(reading.note, [verifierKeyOf('plumbline.example/42', key.publicKey)]).kind, 'signed');
    assert.equal(openNote(reading.note, [verifierKeyOf('plumbline.example/43', key.publicKey)]).kind, 'refused');
  });
});

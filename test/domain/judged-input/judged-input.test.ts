import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { Evidence } from '../../../src/domain/evidence.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import { cutList } from '../../../src/domain/judged-input/cut-list.ts';
import { readInputRoot } from '../../../src/domain/judged-input/read-input-root.ts';
import { readJudgedInput } from '../../../src/domain/judged-input/read-judged-input.ts';
import type { RecordedInput } from '../../../src/domain/judged-input/read-judged-input.ts';
import { writeJudgedInput } from '../../../src/domain/judged-input/write-judged-input.ts';
import type { Answer, BlobContent } from '../../../src/domain/probe-answer.ts';
import { aFile } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';

const request = { kind: 'blob', blob: 'a'.repeat(40), size: null } as const;
const snapshot = aSnapshot({ files: [aFile({ path: 'a', base: 'one', head: 'two' }), aFile({ path: '__proto__', head: 'two' })] });

function written(evidence: Evidence) {
  return writeJudgedInput({ snapshot, requiredGates: ['change', 'contracts'], evidence });
}

const digestWith = (value: BlobContent): string => written(new Evidence().with('blob', [[request, { kind: 'answered', value }]])).root.digest;

function readBack(evidence: Evidence): RecordedInput {
  const { root, parts } = written(evidence);
  const reading = readInputRoot(Buffer.from(root.text));
  assert.ok(reading.kind === 'root');
  const recorded = readJudgedInput(reading.root, new Map(parts.map(({ digest, text }) => [digest, Buffer.from(text)])));
  assert.ok(recorded !== null);
  return recorded;
}

suite('writeJudgedInput()', () => {
  test('writes the same for bytes from any source', () => {
    const bytes = Uint8Array.of(1, 2, 255);
    assert.equal(digestWith({ kind: 'bytes', bytes: Buffer.from(bytes) }), digestWith({ kind: 'bytes', bytes }));
  });

  test('tells contents apart that differ in one byte, also where they are no text', () => {
    const contents = [[1, 2], [1, 3], [255], [254], [], [0], [0xef, 0xbf, 0xbd], [0xef, 0xbb, 0xbf], [0xed, 0xa0, 0x80]];
    assert.equal(new Set(contents.map((bytes) => digestWith({ kind: 'bytes', bytes: Uint8Array.from(bytes) }))).size, contents.length);
  });

  test('does not take a blob that is too large for one of that many bytes', () => {
    assert.notEqual(digestWith({ kind: 'too-large', size: 0 }), digestWith({ kind: 'bytes', bytes: new Uint8Array() }));
  });

  test('tells a team that GitHub does not show from one that somebody is not in', () => {
    const digests = [true, false, null].map((isIn) => written(new Evidence().with('membership', [[{ kind: 'membership', login: 'ann', id: 21, group: 'team:governance' }, { kind: 'answered', value: { kind: 'told', login: 'ann', isIn } }]])).root.digest);
    assert.equal(new Set(digests).size, 3);
  });

  test('tells apart all that decides: the gates, now, a file, the configuration', () => {
    const evidence = new Evidence();
    const digests = [
      written(evidence),
      writeJudgedInput({ snapshot, requiredGates: ['change'], evidence }),
      ...[{ now: '2026-11-20T12:00:00.001Z' }, { files: [] }, { engine: 'plumbline/other' }, { configuration: { ...snapshot.configuration, requiredByBranch: null } }].map((other) => writeJudgedInput({ snapshot: { ...snapshot, ...other }, requiredGates: ['change', 'contracts'], evidence })),
    ].map(({ root }) => root.digest);
    assert.equal(new Set(digests).size, 6);
  });
});

suite('readJudgedInput()', () => {
  test('gives the snapshot, the gates and every answer as they were', () => {
    const trouble: Answer<'votes'> = { kind: 'unavailable', why: 'no\u0000 answer \ud800' };
    const { snapshot: read, requiredGates, answers } = readBack(new Evidence().with('blob', [[request, { kind: 'answered', value: { kind: 'too-large', size: 5 } }]]).with('votes', [[{ kind: 'votes' }, trouble]]));
    assert.deepEqual([read, requiredGates], [snapshot, ['change', 'contracts']]);
    assert.deepEqual([...answers], [[`blob:${request.blob}`, { kind: 'answered', value: { kind: 'too-large', size: 5 } }], ['votes', trouble]]);
  });

  test('gives any bytes as they were', () => {
    const isRead = (bytes: Uint8Array): void => {
      const answer = readBack(new Evidence().with('blob', [[request, { kind: 'answered', value: { kind: 'bytes', bytes } }]])).answers.get(`blob:${request.blob}`);
      assert.deepEqual(answer, { kind: 'answered', value: { kind: 'bytes', bytes: Uint8Array.from(bytes) } });
    };
    for (const text of ['', '\u0000', '\u{feff}a', 'é\u2028\u{1f600}\r\n', '{"text": "base64"}']) isRead(new TextEncoder().encode(text));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), isRead));
  });
});

suite('cutList()', () => {
  const items = Array.from({ length: 2_000 }, (_, index) => ({ key: `contracts/${digestOfBytes(String(index)).slice(7, 20)}.yaml`, text: JSON.stringify({ index, words: 'x'.repeat(300) }) })).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const digests = (list: typeof items): readonly string[] => cutList(list).map(({ digest }) => digest);

  test('gives every item once, in order, in parts of some kilobytes', () => {
    const parts = cutList(items);
    assert.deepEqual(parts.flatMap(({ text }): unknown[] => JSON.parse(text)), items.map(({ text }): unknown => JSON.parse(text)));
    assert.ok(parts.length > 50 && parts.length < 160, `${parts.length} parts`);
    assert.deepEqual(cutList([]), []);
  });

  test('makes few other parts where an item is put in, taken out or changed', () => {
    const before = new Set(digests(items));
    for (const place of [0, 1, 700, 1_400, 1_999]) {
      for (const list of [items.toSpliced(place, 1), items.toSpliced(place, 0, { key: 'new', text: '"new"' }), items.with(place, { key: items[place]?.key ?? '', text: '"changed"' })]) {
        const added = digests(list).filter((digest) => !before.has(digest)).length;
        assert.ok(added <= 3, `${added} other parts`);
      }
    }
  });

  test('makes no part of one item for who has names chosen that end a part each', () => {
    const ends = items.filter(({ key, text }) => cutList([{ key, text: 'x'.repeat(5_000) }, { key: 'y', text }]).length === 2);
    assert.ok(ends.length > 100);
    assert.ok(cutList(ends).length <= Math.ceil(ends.reduce((sum, { text }) => sum + text.length, 0) / 4_096));
  });

  test('ends a part that grows large, whatever its names are', () => {
    assert.equal(cutList(Array.from({ length: 4 }, () => ({ key: 'never', text: `"${'x'.repeat(300_000)}"` }))).length, 4);
  });
});

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inputLink } from '../../src/audit/snapshot-link.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import { aDraft, aLog, exportOf, sealed } from '../builders/a-log.ts';
import type { TestLog } from '../builders/a-log.ts';
import { verdictOn, verifyExport } from '../builders/verify-export.ts';

const part = (text: string): Snapshot => snapshotOf(Buffer.from(JSON.stringify([text])));
const [configuration, file, shared, second] = ['configuration', 'file', 'shared', 'second'].map(part);
assert.ok(configuration && file && shared && second);

/** What names the parts, as a decision's input does. */
function rootOf(evidence: readonly Snapshot[], more: object = {}): Snapshot {
  const digests = { configuration: configuration?.digest, files: [file?.digest], evidence: evidence.map(({ digest }) => digest) };
  return snapshotOf(Buffer.from(JSON.stringify({ version: 1, engine: 'plumbline/test', gates: ['change'], ...digests, snapshot: {}, ...more })));
}

const roots = [rootOf([shared]), rootOf([shared, second])];
const all = [...roots, configuration, file, shared, second];

/** Two decisions, of which the second one shares all parts of the first, and one more about the first input. */
async function aDecidedLog(snapshots: readonly Snapshot[] = all, linked = [...roots, ...roots.slice(0, 1)]): Promise<TestLog> {
  const log = await aLog({ entries: 0 });
  for (const { digest } of linked) log.append(aDraft({ inputDigest: digest, links: ['id', inputLink(digest)] }));
  log.snapshotsOf = [...snapshots];
  return await sealed(log);
}

const verdictWith = async (snapshots: readonly Snapshot[], linked?: Snapshot[]): Promise<string> => await verdictOn(await exportOf(await aDecidedLog(snapshots, linked)));

async function countsWith(snapshots: readonly Snapshot[]): Promise<readonly unknown[]> {
  const result = await verifyExport(await exportOf(await aDecidedLog(snapshots)));
  assert.ok('inputs' in result);
  return [result.outcome, result.inputs, result.snapshots, result.notes.filter((note) => note.includes('judged')).join('\n')];
}

suite('what was judged', () => {
  test('stands in an export once, its parts before what names them, that before its entry, and is counted', async () => {
    const lines = (await exportOf(await aDecidedLog())).split('\n').slice(1, -1).map((line): Record<string, unknown> => JSON.parse(line));
    assert.deepEqual(lines.map((line) => line['sequence'] ?? line['digest']), [configuration.digest, file.digest, shared.digest, roots[0]?.digest, 0, second.digest, roots[1]?.digest, 1, 2, 3]);
    assert.deepEqual(await countsWith(all), ['verified', 2, 0, 'Of 2 decisions all that was judged is there: --replay judges it again.']);
  });

  test('may have been erased, whole or in part: the log stands, and says so', async () => {
    const note = (count: number): string => `Of ${count} decisions what was judged was erased, or a part of it; what they commit to still stands.`;
    assert.deepEqual(await countsWith([]), ['verified', 0, 0, note(2)]);
    assert.deepEqual(await countsWith(all.filter((one) => one !== second)), ['verified', 1, 0, `Of 1 decisions all that was judged is there: --replay judges it again.\n${note(1)}`]);
    assert.deepEqual(await countsWith(all.filter((one) => one !== shared)), ['verified', 0, 0, note(2)]);
    assert.deepEqual(await countsWith(all.filter((one) => one !== roots[0])), ['verified', 1, 0, `Of 1 decisions all that was judged is there: --replay judges it again.\n${note(1)}`]);
  });

  test('of a later form is taken as it is: only its digests are compared', async () => {
    const later = rootOf([], { version: 2, evidence: 'elsewhere' });
    assert.equal(await verdictWith([later], [later]), 'verified');
    const lines = (await exportOf(await aDecidedLog([later], [later]))).split('\n');
    assert.equal(await verdictOn(lines.toSpliced(1, 0, JSON.stringify({ digest: second.digest, snapshot: Buffer.from(second.gzip).toString('base64') })).join('\n')), 'verified');
  });
});

suite('attacks on what was judged', () => {
  test('a flipped bit in any part is found and located', async () => {
    const found = [];
    for (const one of all) {
      const gzip = Buffer.from(one.gzip);
      gzip[20] = (gzip[20] ?? 0) ^ 1;
      found.push(await verdictWith(all.map((other) => (other === one ? { ...one, gzip } : other))));
    }
    // What no longer opens names no parts: an export has none of them.
    assert.deepEqual(found, ['tampered snapshot 0', 'tampered snapshot 1', 'tampered snapshot 0', 'tampered snapshot 0', 'tampered snapshot 0', 'tampered snapshot 1']);
  });

  test('a part that no input names, that stands twice, too early or behind what names it, is refused', async () => {
    const lines = (await exportOf(await aDecidedLog())).split('\n');
    const verdict = async (changed: readonly string[]): Promise<string> => await verdictOn(changed.join('\n'));
    const [header, first, , , root] = lines;
    assert.ok(header !== undefined && first !== undefined && root !== undefined);
    const unasked = JSON.stringify({ digest: part('x').digest, snapshot: Buffer.from(part('x').gzip).toString('base64') });
    assert.equal(await verdict(lines.toSpliced(1, 0, unasked)), 'tampered snapshot 0');
    assert.equal(await verdict(lines.toSpliced(2, 0, first)), 'tampered snapshot 0');
    assert.equal(await verdict(lines.toSpliced(6, 0, first)), 'tampered snapshot 1');
    assert.equal(await verdict([header, root, ...lines.slice(1, 4), ...lines.slice(5)]), 'tampered snapshot 0');
    assert.equal(await verdict([header, ...lines.slice(1, 4), ...lines.slice(5)]), 'tampered snapshot 0');
  });

  test('the contract of a release names no parts, whatever stands in it', async () => {
    const looksLike = rootOf([second]);
    const log = await aLog({ entries: 0 });
    log.append(aDraft({ event: 'release.recorded', subject: 'contract:checkout@1.0.0', after: looksLike.digest, links: [`snapshot:${looksLike.digest}`] }));
    log.snapshotsOf = [looksLike, configuration, file, second];
    const exported = await exportOf(await sealed(log));
    assert.deepEqual([exported.split('\n').filter((line) => line.includes('"snapshot":')).length, await verdictOn(exported)], [1, 'verified']);
  });
});

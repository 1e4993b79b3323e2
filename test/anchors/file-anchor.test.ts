import assert from 'node:assert/strict';
import { appendFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { fileAnchor } from '../../src/anchors/file-anchor.ts';
import { splitCheckpoints } from '../../src/audit/split-checkpoints.ts';
import { account, aLog, aLogKey, sealed } from '../builders/a-log.ts';
import { anAnchoredLog } from '../builders/anchored-log.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';

function aFile(context: TestContext) {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  const directory = join(path, 'anchors');
  const file = join(directory, `${account}.checkpoints`);
  return { directory, file, notes: () => splitCheckpoints(readFileSync(file, 'utf8')) };
}

suite('a log with a file as its anchor', () => {
  test('appends each checkpoint once and changes nothing of what is there', async (context) => {
    const { directory, file, notes } = aFile(context);
    const anchored = anAnchoredLog(fileAnchor(directory));
    for (let round = 0; round < 3; round += 1) {
      await anchored.grow(3);
      const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
      await anchored.run();
      await anchored.run();
      assert.ok(readFileSync(file, 'utf8').startsWith(before));
    }
    const sealedAt = new Map(anchored.log.checkpointsOf.map(({ size, note }) => [size, note]));
    assert.deepEqual([anchored.sizes(), statSync(file).mode & 0o777], [[4, 8, 12], 0o600]);
    assert.deepEqual(notes(), [4, 8, 12].map((size) => sealedAt.get(size)));
  });

  test('writes whole what a crash cut short, wherever it did', async (context) => {
    for (const cut of [1, 10, 30, 60, 80, 100, 130]) {
      const { directory, file, notes } = aFile(context);
      const anchored = anAnchoredLog(fileAnchor(directory));
      await anchored.grow(3);
      await anchored.run();
      await anchored.grow(3);
      const next = anchored.log.checkpointsOf.at(-1)?.note ?? '';
      appendFileSync(file, next.slice(0, cut));
      await anchored.run();
      assert.deepEqual([anchored.sizes(), notes().length, notes().at(-1), anchored.told()], [[4, 8], 2, next, []], String(cut));
    }
  });

  test('adopts what stands there when our memory of it is gone', async (context) => {
    const { directory, notes } = aFile(context);
    const anchored = anAnchoredLog(fileAnchor(directory));
    await anchored.grow(3);
    await anchored.run();
    anchored.watch.saved.length = 0;
    await anchored.run();
    assert.deepEqual([anchored.sizes(), notes().length], [[4], 1]);
  });

  test('attack: a log that was cut back is blocked by what stands in the file', async (context) => {
    const { directory } = aFile(context);
    const real = anAnchoredLog(fileAnchor(directory));
    await real.grow(9);
    await real.run();
    const cut = anAnchoredLog(fileAnchor(directory), await sealed(await aLog({ entries: 5 })));
    await cut.run();
    assert.deepEqual([cut.sizes(), cut.told()], [[], ['error audit log contradicts its anchor']]);
    assert.match((await cut.log.blocked(account)) ?? '', /over 10 entries that our key signed, the store has 6: the log was cut back/);
  });

  test('attack: a second history under the same key is blocked, whether longer or of one size', async (context) => {
    for (const entries of [9, 20]) {
      const { directory } = aFile(context);
      const real = anAnchoredLog(fileAnchor(directory));
      await real.grow(9);
      await real.run();
      const split = anAnchoredLog(fileAnchor(directory), await sealed(await aLog({ entries, subject: 'other' })));
      await split.run();
      assert.match((await split.log.blocked(account)) ?? '', /with another root than the store has: there are two histories/);
    }
  });

  test('what somebody without our key writes there is an alarm, and blocks nothing', async (context) => {
    const { directory, file } = aFile(context);
    const anchored = anAnchoredLog(fileAnchor(directory));
    await anchored.grow(3);
    await anchored.run();
    const eve = await sealed(await aLog({ entries: 30, key: aLogKey('eve') }), aLogKey('eve'));
    appendFileSync(file, `${eve.checkpointsOf.at(-1)?.note}\n`);
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), anchored.told(), await anchored.log.blocked(account)], [[4], ['error checkpoint not anchored'], null]);
    assert.match(anchored.failures().join(), /not among the trusted keys/);
  });

  test('a file that was emptied or taken away is told and not begun anew', async (context) => {
    for (const take of [(file: string) => truncateSync(file), (file: string) => rmSync(file)]) {
      const { directory, file } = aFile(context);
      const anchored = anAnchoredLog(fileAnchor(directory));
      await anchored.grow(3);
      await anchored.run();
      take(file);
      await anchored.grow(3);
      await anchored.run();
      assert.deepEqual([anchored.sizes(), readFileSync(file, 'utf8')], [[4], '']);
      assert.match(anchored.failures().join(), /one of size 4 was written there: it was emptied or replaced/);
    }
  });

  test('attack: a file whose newest checkpoints were taken out is told and not gone on with', async (context) => {
    const { directory, file } = aFile(context);
    const anchored = anAnchoredLog(fileAnchor(directory));
    await anchored.grow(3);
    await anchored.run();
    const before = readFileSync(file, 'utf8');
    await anchored.grow(3);
    await anchored.run();
    writeFileSync(file, before);
    await anchored.grow(3);
    await anchored.run();
    assert.deepEqual([anchored.sizes(), readFileSync(file, 'utf8'), anchored.told()], [[4, 8], before, ['error checkpoint not anchored']]);
    assert.match(anchored.failures().join(), /size 4 where one of size 8 stood/);
  });

  test('a folder that can not be written never stops appending', async (context) => {
    const { directory } = aFile(context);
    writeFileSync(directory, 'a file');
    const anchored = anAnchoredLog(fileAnchor(directory));
    await anchored.grow(3);
    await anchored.run();
    anchored.log.append();
    assert.deepEqual([anchored.sizes(), anchored.told()], [[], ['error checkpoint not anchored']]);
  });
});

import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { collectDecisions } from '../../../src/audit/collect-decisions.ts';
import type { DecisionReplay } from '../../../src/audit/decision-replay.ts';
import { readExport } from '../../../src/audit/read-export.ts';
import type { Snapshot } from '../../../src/audit/snapshot.ts';
import { verifyLog } from '../../../src/audit/verify-log.ts';
import { engine } from '../../../src/config/engine.ts';
import { replayDecisions } from '../../../src/flows/replay-decisions.ts';
import { account, exportOf, sealed } from '../../builders/a-log.ts';
import { chunksOf } from '../../builders/verify-export.ts';
import { richChanges } from '../lost-answers/rich-changes.ts';
import { aDecidedLog } from './a-decided-log.ts';

const folder = new URL('golden/', import.meta.url);
const versionOf = (file: string): string => file.replace(/\.ndjson\.gz$/, '');
const fileOfThisVersion = `${engine.replace('plumbline/', '')}.ndjson.gz`;

/**
 * Exports of logs with decisions about all rich changes, one file for each version that was released. That of a released version is
 * never written again; before its release it is, with PLUMBLINE_GOLDEN=write, whenever something is judged otherwise.
 */
function goldens(): readonly string[] {
  return globSync('*.ndjson.gz', { cwd: folder }).toSorted();
}

async function replayed(file: string): Promise<DecisionReplay> {
  const reading = await readExport(chunksOf(gunzipSync(readFileSync(new URL(file, folder))), 100_000));
  assert.ok(reading.kind === 'export');
  const snapshots: Snapshot[] = [];
  const { source, decisions } = collectDecisions(reading.source, (snapshot) => void snapshots.push(snapshot));
  assert.equal((await verifyLog(source, { keys: [], checkpoints: [] })).outcome, 'verified');
  return await replayDecisions({ account, decisions, engine, snapshots: async (digests) => await Promise.resolve(snapshots.filter(({ digest }) => digests.includes(digest))) });
}

test('decisions that this version recorded come out the same, byte for byte: whoever changes how changes are judged changes the version', async () => {
  if (process.env['PLUMBLINE_GOLDEN'] === 'write') {
    const log = await sealed(await aDecidedLog(richChanges.map(([, , change]) => change), engine));
    writeFileSync(new URL(fileOfThisVersion, folder), gzipSync(await exportOf(log)));
  }
  assert.ok(goldens().includes(fileOfThisVersion), `there is no golden of version ${engine}: write one with PLUMBLINE_GOLDEN=write`);
  const { outcome, different } = await replayed(fileOfThisVersion);
  assert.deepEqual([different.map(({ message }) => message), outcome], [[], 'verified']);
});

for (const file of goldens().filter((one) => one !== fileOfThisVersion)) {
  test(`decisions of version ${versionOf(file)} verify, and are left to that version`, async () => {
    const { outcome, replayed: again, engineDiffers, unreplayable } = await replayed(file);
    assert.deepEqual([outcome, again, unreplayable, engineDiffers > 0], ['unchecked', 0, 0, true]);
  });
}

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Bundle } from '../../../src/audit/bundle.ts';
import { bundlePayload, statementPayloadType } from '../../../src/audit/bundle-statement.ts';
import { signEnvelope } from '../../../src/audit/envelope.ts';
import { bundleFile, readBundle } from '../../../src/audit/read-bundle.ts';
import { openShelf } from '../../../src/cli/audit/snapshot-shelf.ts';
import { openExport } from '../../../src/cli/audit/open-export.ts';
import { auditExport } from '../../../src/cli/audit-export.ts';
import { auditProve } from '../../../src/cli/audit-prove.ts';
import { auditVerify } from '../../../src/cli/audit-verify.ts';
import type { AuditVerifySource } from '../../../src/cli/audit-verify.ts';
import { engine } from '../../../src/config/engine.ts';
import { aBundle, aboutPullRequest, anEnvelopeSigner } from '../../builders/a-bundle.ts';
import { account, aDraft, aLogKey, exportOf, sealed } from '../../builders/a-log.ts';
import type { TestLog } from '../../builders/a-log.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { snapshotOf } from '../../../src/audit/snapshot.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { aDecidedLog, appendDecision, judged } from '../../flows/replay/a-decided-log.ts';
import { richChanges } from '../../flows/lost-answers/rich-changes.ts';
import { runPlumbline } from '../run-plumbline.ts';

const changes = richChanges.slice(0, 3).map(([, , change]) => change);
const [bump] = changes;
assert.ok(bump);

function place(context: TestContext): string {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  return path;
}

async function fileOf(context: TestContext, log: TestLog): Promise<AuditVerifySource> {
  const path = join(place(context), 'log.ndjson');
  writeFileSync(path, await exportOf(log));
  return { kind: 'file', path };
}

const storeOf = (audit: TestLog): AuditVerifySource => ({ kind: 'store', audit, account: null, publicKeys: [aLogKey().publicKey], statuses: [] });

interface Replayed {
  readonly exit: number;
  readonly results: readonly Record<string, unknown>[];
}

async function replayed(source: AuditVerifySource, replay: { readonly engine: string } | null = { engine }): Promise<Replayed> {
  let text = '';
  const exit = await auditVerify({ source, keys: [], checkpoints: [], format: 'json', replay, output: { write: (more) => void (text += more) } });
  return { exit, results: text.trim().split('\n').map((line): Record<string, unknown> => JSON.parse(line)) };
}

const shown = ({ exit, results }: Replayed): readonly unknown[] => [exit, ...results.map(({ outcome, replayed: again, same, engineDiffers, unreplayable, firstWrong }) => [outcome, again, same, engineDiffers, unreplayable, firstWrong === null])];

suite('auditVerify() with a replay', () => {
  test('answers 0 when every decision of an export or a store comes out the same, with a second result', async (context) => {
    const log = await sealed(await aDecidedLog(changes, engine));
    for (const source of [await fileOf(context, log), storeOf(log)]) {
      assert.deepEqual(shown(await replayed(source)), [0, ['verified', undefined, undefined, undefined, undefined, true], ['verified', 3, 3, 0, 0, true]]);
      assert.equal((await replayed(source, null)).results.length, 1);
    }
  });

  test('answers 1 and names a decision that its input does not give, in a log that verifies', async (context) => {
    const log = await aDecidedLog(changes, engine);
    const { decision, input } = await judged(bump, engine);
    appendDecision(log, { decision: { ...decision, uncovered: ['hidden'] }, input });
    const { exit, results } = await replayed(await fileOf(context, await sealed(log)));
    const told = JSON.stringify(results[1]?.['different']);
    assert.deepEqual([exit, results[0]?.['outcome'], results[1]?.['outcome'], told.slice(0, 16)], [1, 'verified', 'tampered', '[{"sequence":3,"']);
  });

  test('answers 3 for decisions of another version, and for what was erased or never kept, and calls none of them wrong', async (context) => {
    const other = await sealed(await aDecidedLog(changes, 'plumbline/0.0.1'));
    assert.deepEqual(shown(await replayed(await fileOf(context, other))).slice(0, 1).concat(shown(await replayed(storeOf(other))).slice(2)), [3, ['unchecked', 0, 0, 3, 0, true]]);
    const erased = await sealed(await aDecidedLog(changes, engine));
    erased.snapshotsOf = erased.snapshotsOf.slice(1);
    assert.deepEqual(shown(await replayed(await fileOf(context, erased))), [3, ['verified', undefined, undefined, undefined, undefined, true], ['unchecked', 2, 2, 0, 1, true]]);
    const older = await aDecidedLog(changes, engine);
    older.append(aDraft());
    assert.deepEqual(shown(await replayed(storeOf(await sealed(older)))).slice(2), [['unchecked', 3, 3, 0, 1, true]]);
  });

  test('judges nothing of a log that was tampered with', async () => {
    const log = await sealed(await aDecidedLog(changes, engine));
    const [stored] = log.entriesOf;
    assert.ok(stored);
    log.entriesOf[0] = { ...stored, leaf: Buffer.from(Buffer.from(stored.leaf).toString().replace('"allow"', '"deny"')) };
    assert.deepEqual(shown(await replayed(storeOf(log))), [1, ['tampered', undefined, undefined, undefined, undefined, false]]);
  });
});

suite('auditVerify() with a replay of a bundle', () => {
  async function bundleOf(context: TestContext, log: TestLog, change: (bundle: Bundle) => Bundle = (bundle) => bundle): Promise<AuditVerifySource> {
    const reading = readBundle((await aBundle(aboutPullRequest, undefined, log)).file);
    assert.ok(reading.kind === 'bundle');
    return await fileWith(context, bundleFile(await signEnvelope(statementPayloadType, bundlePayload(change(reading.bundle)), anEnvelopeSigner())));
  }

  async function fileWith(context: TestContext, bytes: Uint8Array): Promise<AuditVerifySource> {
    const path = join(place(context), 'bundle.gz');
    writeFileSync(path, bytes);
    return await Promise.resolve({ kind: 'file', path });
  }

  const golden = (context: TestContext, name: string) => fileWith(context, readFileSync(new URL(`../../audit/golden/${name}`, import.meta.url)));
  const notes = ({ results }: Replayed): string => JSON.stringify(results[1]?.['notes']);

  test('answers 0 when every decision in it comes out the same, out of the bundle alone', async (context) => {
    const source = await bundleOf(context, await sealed(await aDecidedLog(changes, engine)));
    assert.deepEqual(shown(await replayed(source)), [0, ['verified', undefined, undefined, undefined, undefined, true], ['verified', 3, 3, 0, 0, true]]);
    assert.equal((await replayed(source, null)).results.length, 1);
  });

  test('answers 1 and names a decision that its input does not give', async (context) => {
    const log = await aDecidedLog(changes, engine);
    const { decision, input } = await judged(bump, engine);
    appendDecision(log, { decision: { ...decision, uncovered: ['hidden'] }, input });
    const { exit, results } = await replayed(await bundleOf(context, await sealed(log)));
    assert.deepEqual([exit, results[0]?.['outcome'], JSON.stringify(results[1]?.['different']).slice(0, 16)], [1, 'verified', '[{"sequence":3,"']);
  });

  test('answers 3 for another engine, for what was erased, never kept, or taken out of the bundle, and calls none of it wrong', async (context) => {
    const other = await bundleOf(context, await sealed(await aDecidedLog(changes, 'plumbline/0.0.1')));
    assert.deepEqual(shown(await replayed(other)).slice(2), [['unchecked', 0, 0, 3, 0, true]]);
    const erased = await sealed(await aDecidedLog(changes, engine));
    erased.snapshotsOf = erased.snapshotsOf.slice(1);
    const older = await aDecidedLog(changes, engine);
    older.append(aDraft());
    const whole = await sealed(await aDecidedLog(changes, engine));
    for (const [source, unreplayable] of [[await bundleOf(context, erased), 1], [await bundleOf(context, await sealed(older)), 1], [await bundleOf(context, whole, (bundle) => ({ ...bundle, inputs: [] })), 3]] as const) {
      const again = await replayed(source);
      assert.deepEqual([again.exit, again.results[0]?.['outcome'], again.results[1]?.['unreplayable'], again.results[1]?.['firstWrong']], [3, 'verified', unreplayable, null]);
    }
  });

  test('says of a bundle of the first form that it holds nothing of what was judged', async (context) => {
    const first = await replayed(await bundleOf(context, await sealed(await aDecidedLog(changes, engine)), (bundle) => ({ ...bundle, inputs: null })));
    assert.deepEqual([shown(first)[0], first.results[1]?.['unreplayable']], [3, 3]);
    assert.match(notes(first), /unreplayable: 3 decisions: the bundle is of the first form, which holds nothing of what was judged/);
  });

  test('says what those that earlier versions made lack, and verifies them for ever', async (context) => {
    const outcomes: unknown[] = [];
    for (const name of ['bundle-v1.json.gz', 'bundle-v1-es256.json.gz', 'bundle-v2.json.gz', 'bundle-v2-es256.json.gz']) {
      const again = await replayed(await golden(context, name));
      outcomes.push([again.exit, again.results[0]?.['outcome'], again.results[1]?.['engineDiffers'], again.results[1]?.['unreplayable'], again.results[1]?.['firstWrong']]);
    }
    assert.deepEqual(outcomes, [[3, 'verified', 0, 2, null], [3, 'verified', 0, 0, null], [3, 'verified', 2, 0, null], [3, 'verified', 1, 0, null]]);
  });

  test('judges nothing of a bundle that was tampered with', async (context) => {
    const source = await bundleOf(context, await sealed(await aDecidedLog(changes, engine)), (bundle) => ({ ...bundle, entries: bundle.entries.map((entry) => ({ ...entry, leaf: entry.leaf.replace('"allow"', '"deny"') })) }));
    const { exit, results } = await replayed(source);
    assert.deepEqual([exit, results.length, results[0]?.['outcome']], [1, 1, 'tampered']);
  });
});

test('auditVerify() refuses to judge again what tiles and proofs do not hold, and verifies them without', async (context) => {
  const log = await sealed(await aDecidedLog(changes, engine));
  const [tiles, proof] = [join(place(context), 'tiles'), join(place(context), 'entry.proof')];
  let text = '';
  const output = { write: (more: string) => void (text += more) };
  await auditExport({ audit: log, account, publicKeys: [aLogKey().publicKey], file: tiles, format: 'tiles', output: { write: () => undefined } });
  await auditProve({ log: await openExport(tiles), entry: '1', from: null, format: 'json', output });
  writeFileSync(proof, text);
  for (const [path, what] of [[tiles, /found tiles/], [proof, /found a proof/]] as const) {
    assert.equal((await replayed({ kind: 'file', path }, null)).exit, 0);
    await assert.rejects(replayed({ kind: 'file', path }), isFailure('USAGE', what));
  }
});

test('audit verify --replay tells a person how many decisions came out the same', async (context) => {
  const source = await fileOf(context, await sealed(await aDecidedLog(changes, engine)));
  const { code, stdout } = await runPlumbline(place(context), ['audit', 'verify', source.kind === 'file' ? source.path : '', '--replay']);
  assert.deepEqual([code, stdout.slice(stdout.indexOf('\nverified') + 1)], [0, `verified  the decisions of account ${account}\n  3 decisions judged again: all the same.\n`]);
});

test('openShelf() gives back what was put, and nothing else', async () => {
  const shelf = openShelf();
  try {
    const [one, two, three] = [1, 70_000, 3].map((size) => snapshotOf(Buffer.alloc(size, String(size))));
    assert.ok(one && two && three);
    for (const snapshot of [one, two]) shelf.put(snapshot);
    const found = await shelf.take([two.digest, three.digest, one.digest]);
    assert.deepEqual(found.map(({ digest, gzip }) => [digest, Buffer.from(gzip)]), [two, one].map(({ digest, gzip }) => [digest, Buffer.from(gzip)]));
  } finally {
    shelf.close();
  }
});

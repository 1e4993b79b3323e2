import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { AuditDraft } from '../../src/audit/entry.ts';
import { contractLinks } from '../../src/audit/entry-link.ts';
import { readBundle } from '../../src/audit/read-bundle.ts';
import { assembleBundle } from '../../src/flows/assemble-bundle.ts';
import { ContentBudget } from '../../src/flows/content-budget.ts';
import type { AuditIndex } from '../../src/flows/ports/audit-index.ts';
import { selectEntries } from '../../src/flows/select-entries.ts';
import type { AskedBundle } from '../../src/flows/select-entries.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { aboutPullRequest, anEnvelopeSigner } from '../builders/a-bundle.ts';
import { account, aDraft, aLog, aLogKey, clock, sealed, TestLog } from '../builders/a-log.ts';
import { isFailure } from '../builders/is-failure.ts';

const sha = 'a'.repeat(40);
const group = (numbers: string) => `merge-group:refs/heads/gh-readonly-queue/main/pr-${numbers}-${sha}`;
const aboutCheckout: AskedBundle = { kind: 'contract', id: 'checkout' };

async function aLogOf(...drafts: readonly Partial<AuditDraft>[]): Promise<TestLog> {
  const log = new TestLog();
  for (const draft of drafts) log.append(aDraft(draft));
  return await sealed(log);
}

async function sequencesOf(log: TestLog, asked: AskedBundle, index: AuditIndex = log.index): Promise<readonly number[]> {
  const { file } = await assembleBundle({ audit: log, index, publicKeys: [aLogKey().publicKey], signer: anEnvelopeSigner() }, account, asked);
  const reading = readBundle(file);
  assert.ok(reading.kind === 'bundle');
  return reading.bundle.entries.map(({ sequence }) => sequence);
}

suite('assembleBundle() of a pull request', () => {
  test('takes what was decided of merge groups that it was in, and what became of that', async () => {
    const log = await aLogOf(
      { subject: group('9'), links: ['group-1', `commit:${sha}`, 'pull-request:7', 'pull-request:9'] },
      { subject: 'effect:check:1', event: 'effect.performed', links: ['group-1'] },
      { subject: group('8'), links: ['group-2', 'pull-request:8'] },
      { subject: 'pull-request:7', event: 'change.merged', links: [`commit:${sha}`, 'group-1'] },
      { subject: group('9'), links: ['group-3', 'pull-request:9'] },
      { repository: { id: 101, name: 'acme/other' }, subject: group('7'), links: ['group-4', 'pull-request:7'] },
    );
    assert.deepEqual(await sequencesOf(log, aboutPullRequest), [0, 1, 3]);
  });

  test('takes those of logs of before members were named: by what was merged with them, or the branch that is named after it', async () => {
    const log = await aLogOf({ subject: group('9'), links: ['group-1'] }, { subject: group('7'), links: ['group-2'] }, { subject: group('17'), links: ['group-3'] }, { subject: 'pull-request:7', event: 'change.merged', links: ['group-1'] });
    assert.deepEqual(await sequencesOf(log, aboutPullRequest), [0, 1, 3]);
  });
});

suite('assembleBundle() of a contract', () => {
  test('takes decisions about changes of it, what they led to, its releases and how they came, and its waivers; nothing of others', async () => {
    const log = await aLogOf(
      { subject: 'pull-request:7', links: ['decision-1', ...contractLinks(['checkout', 'shipping'])] },
      { subject: 'pull-request:7', event: 'approval.counted', links: ['decision-1'] },
      { subject: 'effect:check:1', event: 'effect.performed', links: ['decision-1'] },
      { subject: 'pull-request:8', links: ['decision-2', ...contractLinks(['shipping'])] },
      { subject: 'pull-request:8', event: 'approval.counted', links: ['decision-2'] },
      { subject: 'pull-request:7', event: 'change.merged', links: [`commit:${sha}`, 'decision-1'] },
      { subject: 'contract:checkout@2.0.0', event: 'release.recorded', links: [`commit:${sha}`] },
      { subject: 'contract:checkout-two@2.0.0', event: 'release.recorded', links: ['commit:other'] },
      { subject: 'push', event: 'waiver.granted', links: ['commit:third', ...contractLinks(['checkout'])] },
      { subject: 'push', event: 'waiver.granted', links: ['commit:third', ...contractLinks(['shipping'])] },
    );
    assert.deepEqual(await sequencesOf(log, aboutCheckout), [0, 1, 2, 5, 6, 8]);
  });

  test('takes the decision of a log of before contracts were named by what was merged with its release', async () => {
    const log = await aLogOf(
      { subject: 'pull-request:7', links: ['decision-1'] },
      { subject: 'pull-request:7', event: 'change.merged', links: [`commit:${sha}`, 'decision-1'] },
      { subject: 'pull-request:8', links: ['decision-2', `commit:${sha}`] },
      { subject: 'contract:checkout@2.0.0', event: 'release.recorded', links: [`commit:${sha}`] },
    );
    assert.deepEqual(await sequencesOf(log, aboutCheckout), [0, 1, 3]);
  });
});

test('contractLinks() names no more than an entry holds, and says so', () => {
  const links = contractLinks([...Array.from({ length: 150 }, (_none, place) => `contract-${place}`), 'x'.repeat(201), 'half \ud800']);
  assert.deepEqual([links.length, links.at(-1), JSON.stringify(links).length < 30_000], [101, 'contracts:more', true]);
  assert.deepEqual(contractLinks(['half \ud800', 'a']), ['contract:a', 'contracts:more']);
});

/** Counts what is read of the log. */
function counted({ index }: TestLog, changes: Partial<AuditIndex> = {}) {
  const read = { entries: 0, hashes: 0, tiles: 0 };
  const of: AuditIndex = {
    ...index,
    entriesAt: async (...asked) => {
      const found = await index.entriesAt(...asked);
      read.entries += found.length;
      return found;
    },
    leafHashes: async (...asked) => {
      const found = await index.leafHashes(...asked);
      read.hashes += found.length;
      return found;
    },
    tileRoots: async (...asked) => {
      const found = await index.tileRoots(...asked);
      read.tiles += found.length;
      return found;
    },
    ...changes,
  };
  return { read, of };
}

async function aLongLog(): Promise<TestLog> {
  const log = await aLog({ entries: 0, subject: 'pull-request' });
  for (let place = 0; place < 3_000; place += 1) log.append(aDraft({ subject: place % 1_000 === 500 ? 'pull-request:7' : 'pull-request:8' }));
  return await sealed(log);
}

suite('what assembleBundle() reads', () => {
  test('is what it holds, and of the rest one hash for 256 entries and those of the tiles with an entry', async () => {
    const log = await aLongLog();
    const before = log.reads;
    const { read, of } = counted(log);
    assert.deepEqual(await sequencesOf(log, aboutPullRequest, of), [500, 1_500, 2_500]);
    assert.deepEqual([log.reads - before, read], [0, { entries: 3, hashes: 3 * 256 + (3_000 % 256), tiles: 11 }]);
  });

  test('is the hashes of all leaves where those that are kept of tiles lack or are wrong', async () => {
    const log = await aLongLog();
    for (const tileRoots of [async () => [], async (of: number, from: number, limit: number) => (await log.index.tileRoots(of, from, limit)).map((root) => root.map((byte) => byte ^ 1))]) assert.deepEqual(await sequencesOf(log, aboutPullRequest, counted(log, { tileRoots }).of), [500, 1_500, 2_500]);
  });

  test('attack: hashes that lead to no checkpoint, and an entry that does not stand there, make no bundle', async () => {
    const log = await aLongLog();
    const leafHashes: AuditIndex['leafHashes'] = async (of, from, limit) => (await log.index.leafHashes(of, from, limit)).map((hash, place) => (from + place === 501 ? hash.map((byte) => byte ^ 1) : hash));
    await assert.rejects(sequencesOf(log, aboutPullRequest, { ...log.index, leafHashes }), isFailure('AUDIT_TAMPERED', /entries are not what the checkpoint/));
    const entriesAt: AuditIndex['entriesAt'] = async (of, sequences) => (await log.index.entriesAt(of, sequences)).map((stored) => ({ ...stored, leaf: Buffer.from(Buffer.from(stored.leaf).toString().replace('allow', 'denyy')) }));
    await assert.rejects(sequencesOf(log, aboutPullRequest, { ...log.index, entriesAt }), isFailure('AUDIT_TAMPERED'));
  });

  test('attack: an index that names what does not belong there makes no bundle, nor one that names what is not there', async () => {
    const log = await aLongLog();
    for (const more of [501, 9_000]) await assert.rejects(sequencesOf(log, aboutPullRequest, { ...log.index, about: async (...asked) => [...(await log.index.about(...asked)), more].toSorted((a, b) => a - b) }), isFailure('AUDIT_TAMPERED'), String(more));
    await assert.rejects(sequencesOf(log, { ...aboutPullRequest, repository: 'acme/none' } as AskedBundle, { ...log.index, repositoryNamed: async () => ({ id: 100, name: 'acme/shop' }) }), isFailure('NOT_FOUND'));
  });

  test('has an end: too many entries and too many bytes are refused before they are read', async () => {
    const log = await aLongLog();
    const select = async (most: { readonly entries: number; readonly bytes: number }, asked: AskedBundle) => {
      const { read, of } = counted(log);
      await assert.rejects(selectEntries({ index: of, account, budget: new ContentBudget(most) }, asked), isFailure('USAGE', /Ask for a shorter period/));
      return read.entries;
    };
    const period: AskedBundle = { kind: 'period', from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
    assert.deepEqual([await select({ entries: 2, bytes: 1e9 }, aboutPullRequest), await select({ entries: 2_999, bytes: 1e9 }, period), await select({ entries: 1e6, bytes: 300_000 }, period)], [0, 0, 200]);
  });
});

test('assembleBundle() asks for a seal only where no checkpoint covers what it found, and says what to do where none comes', async () => {
  const log = await aLogOf({}, {});
  const sources = { audit: log, index: log.index, publicKeys: [aLogKey().publicKey], signer: anEnvelopeSigner() };
  const asked: string[] = [];
  await assembleBundle({ ...sources, seal: async () => void asked.push('covered') }, account, aboutPullRequest);
  log.append(aDraft());
  await assert.rejects(assembleBundle({ ...sources, seal: async () => void asked.push('in vain') }, account, aboutPullRequest), isFailure('NOT_FOUND', /no checkpoint .* covers entry 3 .* start it, and ask again/));
  const sealer = createSealer({ store: log, signer: aLogKey(), clock });
  const { verification } = await assembleBundle({ ...sources, seal: async () => void (await sealer.seal(account, { force: true })) }, account, aboutPullRequest);
  assert.deepEqual([asked, verification.entries], [['in vain'], 3]);
});

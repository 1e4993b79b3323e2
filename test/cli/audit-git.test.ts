import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { contentHash } from '../../src/domain/contract/contract-content.ts';
import { readDocument } from '../../src/domain/document/read-document.ts';
import { exportOf } from '../builders/a-log.ts';
import { aLogOfGit } from '../builders/a-log-of-git.ts';
import { plainFields } from '../builders/a-configuration.ts';
import { repositoryIn } from '../builders/a-repository.ts';
import type { TestRepository } from '../builders/a-repository.ts';
import { configuration, contractText } from './contract-repository.ts';
import type { ContractParts } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';

const path = 'contracts/checkout.yaml';
const first: ContractParts = {};
const hashOf = (parts: ContractParts): string => {
  const reading = readDocument(Buffer.from(contractText(parts)), 'yaml');
  assert.ok(reading.kind === 'document');
  return contentHash(reading.document, plainFields);
};
const second: ContractParts = { version: '1.1.0', previous: hashOf(first), spec: '{promise: two}' };

/** `checkout` in two versions, the second one deprecated later, and `billing`, which was retired and removed. */
function aReleasingRepository(context: TestContext): TestRepository {
  const directory = folder(context);
  cpSync(original.directory, directory, { recursive: true });
  return repositoryIn(directory);
}

let original: TestRepository;
const originals = mkdtempSync(join(tmpdir(), 'plumbline-git-'));
before(() => {
  original = made(repositoryIn(originals));
});
after(() => rmSync(originals, { recursive: true, force: true }));

function made(one: TestRepository): TestRepository {
  one.git('init', '-q', '-b', 'main');
  one.commit({ '.github/plumbline.yml': configuration, [path]: contractText(first), 'contracts/billing.yaml': contractText({ id: 'billing' }) });
  one.commit({ [path]: contractText(second) });
  one.commit({ [path]: contractText({ ...second, lifecycle: 'deprecated' }), 'contracts/billing.yaml': contractText({ id: 'billing', lifecycle: 'retired' }) });
  one.git('rm', '-q', 'contracts/billing.yaml');
  one.commit({ 'README.md': 'x\n' });
  return one;
}

function folder(context: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'plumbline-git-'));
  context.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

interface Verified {
  readonly code: number | null;
  /** Of what git holds. */
  readonly git: { readonly outcome: string; readonly present: number; readonly replaced: number; readonly retired: number; readonly firstWrong: { readonly reason: string; readonly sequence: number; readonly message: string } | null; readonly notes: readonly string[] } | null;
}

async function verify(context: TestContext, exported: string, clone: string, ...words: readonly string[]): Promise<Verified> {
  const file = join(folder(context), 'log.ndjson');
  writeFileSync(file, exported);
  const { code, stdout } = await runPlumbline(clone, ['audit', 'verify', file, '--repo', '.', '--format', 'json', ...words]);
  const lines = stdout.trim().split('\n').map((line) => JSON.parse(line));
  return { code, git: lines[1] ?? null };
}

suite('audit verify --repo', () => {
  test('verifies a clone that holds every release: present, replaced, or retired and gone', async (context) => {
    const made = aReleasingRepository(context);
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory);
    assert.deepEqual([code, git?.outcome, git?.present, git?.replaced, git?.retired, git?.firstWrong], [0, 'verified', 1, 1, 1, null]);
  });

  test('says in words what was compared', async (context) => {
    const made = aReleasingRepository(context);
    const file = join(folder(context), 'log.ndjson');
    writeFileSync(file, await exportOf(await aLogOfGit(made.directory)));
    const { stdout } = await runPlumbline(made.directory, ['audit', 'verify', file, '--repo', '.']);
    assert.match(stdout, /^verified {2}what git holds of acme\/shop\n {2}3 releases compared with git: 1 stand at the tip of their branch, 1 were replaced by a later version, 1 were retired and are gone\.$/m);
  });

  test('a contract that moved is present, whatever its state became', async (context) => {
    const made = aReleasingRepository(context);
    made.git('mv', path, 'contracts/moved.yaml');
    made.commit({ 'contracts/moved.yaml': contractText({ ...second, lifecycle: 'active' }) });
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory);
    assert.deepEqual([code, git?.present], [0, 1]);
  });

  test('answers 3 for a shallow clone', async (context) => {
    const made = aReleasingRepository(context);
    const clone = join(folder(context), 'clone');
    made.git('clone', '-q', '--depth', '1', `file://${made.directory}`, clone);
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), clone);
    assert.deepEqual([code, git?.outcome], [3, 'unchecked']);
    assert.match(git?.notes.join('\n') ?? '', /git fetch --unshallow/);
  });

  test('answers 3 for a clone with missing objects', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    const blob = made.git('rev-parse', `HEAD~3:${path}`);
    rmSync(join(made.directory, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const { code, git } = await verify(context, exported, made.directory);
    assert.deepEqual([code, git?.outcome], [3, 'unchecked']);
  });

  test('answers 3 where a branch is missing', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    made.git('branch', '-m', 'main', 'other');
    assert.equal((await verify(context, exported, made.directory)).code, 3);
  });

  test('answers 3 for what changed after the log ends, and says so', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    made.commit({ [path]: contractText({ version: '1.2.0', previous: hashOf(second), spec: '{promise: three}' }) });
    const { code, git } = await verify(context, exported, made.directory);
    assert.deepEqual([code, git?.outcome, git?.firstWrong], [3, 'unchecked', null]);
    assert.match(git?.notes.join('\n') ?? '', /after the newest commit that the log names/);
  });

  test('answers 64 for a clone of a repository that the log does not know, and for --repository or --quorum alone', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    assert.equal((await verify(context, exported, made.directory, '--repository', 'acme/other')).code, 64);
    assert.equal((await runPlumbline(made.directory, ['audit', 'verify', 'x', '--repository', 'acme/shop'])).code, 64);
    assert.equal((await runPlumbline(made.directory, ['audit', 'verify', 'x', '--repo', 'nowhere'])).code, 64);
    assert.equal((await runPlumbline(made.directory, ['audit', 'verify', 'x', '--quorum', '1'])).code, 64);
  });
});

suite('attacks on what git holds', () => {
  test('a force-push that drops a release commit is found', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    made.git('reset', '-q', '--hard', 'HEAD~3');
    made.commit({ [path]: contractText({ ...second, spec: '{promise: other}' }) });
    const { code, git } = await verify(context, exported, made.directory);
    assert.deepEqual([code, git?.firstWrong?.reason], [1, 'commit_gone']);
    assert.match(git?.firstWrong?.message ?? '', /"checkout" 1\.1\.0/);
  });

  test('history rewritten from its root is found, though every file is there', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    made.git('checkout', '-q', '--orphan', 'new');
    made.commit({}, 'all at once');
    made.git('branch', '-M', 'new', 'main');
    const { code, git } = await verify(context, exported, made.directory);
    assert.deepEqual([code, git?.firstWrong?.reason, git?.firstWrong?.sequence], [1, 'commit_gone', 0]);
  });

  test('a released version whose content was changed by a direct push is found', async (context) => {
    const made = aReleasingRepository(context);
    made.commit({ [path]: contractText({ ...second, spec: '{promise: mutated}' }) });
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory);
    assert.deepEqual([code, git?.firstWrong?.reason], [1, 'released_changed']);
  });

  test('a copy elsewhere does not make up for a changed release', async (context) => {
    const made = aReleasingRepository(context);
    made.commit({ 'attic/checkout.yaml': contractText({ ...second, lifecycle: 'deprecated' }), [path]: contractText({ ...second, spec: '{promise: mutated}' }) });
    assert.equal((await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory)).code, 1);
  });

  test('a release that was removed without having been retired is found', async (context) => {
    const made = aReleasingRepository(context);
    made.git('rm', '-q', path);
    made.commit({});
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory);
    assert.deepEqual([code, git?.firstWrong?.reason], [1, 'released_removed']);
  });

  test('an earlier version put back in place of the released one is found', async (context) => {
    const made = aReleasingRepository(context);
    made.commit({ [path]: contractText(first) });
    const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory)), made.directory);
    assert.deepEqual([code, git?.firstWrong?.reason], [1, 'released_changed']);
  });

  test('a log that says another file or content than git has is found, each by its reason', async (context) => {
    const made = aReleasingRepository(context);
    const other = made.git('rev-parse', `HEAD:README.md`);
    const blob = made.git('rev-parse', `HEAD~3:${path}`);
    for (const [change, reason] of [[{ blob: other }, 'file_changed'], [{ path: 'README.md', blob }, 'file_changed'], [{ bytesDigest: `sha256:${'0'.repeat(64)}` }, 'content_changed'], [{ without: ['/spec'] }, 'content_changed']] as const) {
      const { code, git } = await verify(context, await exportOf(await aLogOfGit(made.directory, change)), made.directory);
      assert.deepEqual([code, git?.firstWrong?.reason], [1, reason], JSON.stringify(change));
    }
  });

  test('nothing is compared with a log that was tampered with', async (context) => {
    const made = aReleasingRepository(context);
    const exported = (await exportOf(await aLogOfGit(made.directory))).replace('contract:checkout@1.1.0', 'contract:checkout@1.1.1');
    assert.deepEqual(await verify(context, exported, made.directory), { code: 1, git: null });
  });

  test('a clone is read, never written', async (context) => {
    const made = aReleasingRepository(context);
    const exported = await exportOf(await aLogOfGit(made.directory));
    const seen = (): string => JSON.stringify([readdirSync(join(made.directory, '.git')), made.git('status', '--porcelain'), made.git('for-each-ref')]);
    const before = seen();
    await verify(context, exported, made.directory);
    assert.equal(seen(), before);
  });
});

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import type { TestContext } from 'node:test';
import { builtinPlaybooks } from '../../../src/domain/playbook/builtin-playbooks.ts';
import { aRepository } from '../../builders/a-repository.ts';
import { aTemporaryDirectory } from '../../builders/temporary-directory.ts';
import { aContractRepository, contractText, mergeOnMain } from '../contract-repository.ts';
import { runPlumbline } from '../run-plumbline.ts';

const own = `kind: Playbook
id: write-notice
version: 1.0.0
title: Write the notice
description: Writes it.
category: files
tier: 2
trigger: {classes: [file/missing]}
preconditions: [{type: file-missing, path: NOTICE}]
steps: [{type: write-file, path: NOTICE, text: "notice\\n"}]
bounds: {maxFiles: 1, maxRepositories: 3, pauseWindows: [{start: "0 18 * * 5", duration: 60h}]}
verification: {probe: finding, window: 2h}
rollback: revert
docs: docs/notice.md
`;

function temporaryDirectory(context: TestContext): string {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  return path;
}

const configured = 'version: 1\nplaybooks: ["books/*.yaml"]\n';

describe('plumbline playbook list', () => {
  it('shows id, version, tier, category, trigger and source of each', async (context) => {
    const repository = aRepository(context);
    repository.commit({ '.github/plumbline.yml': configured, 'books/notice.yaml': own });
    const { code, stdout, stderr } = await runPlumbline(repository.directory, ['playbook', 'list']);
    const rows = stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/));
    assert.deepEqual([code, stderr, rows.length], [0, '', builtinPlaybooks.length + 2]);
    assert.deepEqual(rows[0], ['id', 'version', 'tier', 'category', 'trigger', 'triggered by', 'source']);
    assert.deepEqual(rows.at(-1), ['write-notice', '1.0.0', '2', 'files', 'file/missing', 'scans', 'books/notice.yaml']);
    assert.deepEqual(rows.find(([id]) => id === 'restore-contract'), ['restore-contract', '1.0.0', '2', 'contracts', 'contract/base_diverged contract/diverged', 'scans', 'built-in']);
    assert.deepEqual(rows.find(([id]) => id === 'halt-contract'), ['halt-contract', '1.0.0', '2', 'contracts', 'budget/breach', 'scans', 'built-in']);
    assert.deepEqual(rows.find(([id]) => id === 'retire-contract')?.slice(4), ['contract/ended', 'nothing yet', 'built-in']);
  });

  it('leaves out a file that is not valid and two that share an id, and says why', async (context) => {
    const repository = aRepository(context);
    repository.commit({ '.github/plumbline.yml': configured, 'books/a.yaml': own, 'books/b.yaml': own, 'books/c.yaml': own.replace('rollback: revert\n', ''), 'books/d.yaml': own.replace('write-notice', 'open-issue') });
    const { code, stdout, stderr } = await runPlumbline(repository.directory, ['playbook', 'list', '--format', 'json']);
    assert.deepEqual(JSON.parse(stdout).playbooks.map(({ id }: { readonly id: string }) => id), [...builtinPlaybooks]);
    assert.equal(code, 1);
    assert.deepEqual(stderr.split('\n').filter((line) => line !== '' && !line.startsWith('  next')), [
      'books/c.yaml:1:1', '  Cannot use `playbook`: found an object, expected the key `rollback`.',
      'books/d.yaml:2:1', '  Cannot use `id`: found "open-issue", which comes with Plumbline, expected another id.',
      'books/a.yaml:1:1', '  Cannot use the playbook "write-notice": another file has this id too, expected each id once.',
      'books/b.yaml:1:1', '  Cannot use the playbook "write-notice": another file has this id too, expected each id once.',
    ]);
  });

  it('shows the built-in ones outside of a repository', async (context) => {
    const { code, stdout } = await runPlumbline(temporaryDirectory(context), ['playbook', 'list']);
    assert.deepEqual([code, stdout.split('\n').length], [0, builtinPlaybooks.length + 2]);
  });
});

describe('plumbline playbook show', () => {
  it('prints everything, its rollback and its windows included', async (context) => {
    const repository = aRepository(context);
    repository.commit({ '.github/plumbline.yml': configured, 'books/notice.yaml': own });
    const { code, stdout } = await runPlumbline(repository.directory, ['playbook', 'show', 'write-notice']);
    assert.equal(code, 0);
    assert.equal(stdout, `write-notice 1.0.0  Write the notice

Writes it.

  category       files
  source         books/notice.yaml
  tier           2, may merge by itself where the configuration says \`auto\`
  trigger        file/missing
  triggered by   scans
  preconditions  file-missing at NOTICE
  steps          1. write-file with its text at NOTICE
  bounds         1 file, 3 repositories in one scan
                 not for 60h from each "0 18 * * 5" (UTC)
  verification   the finding is looked for again, within 2h of the merge
  rollback       before the merge: Close the pull request, and delete its branch while it stands where Plumbline left it.
                 after the merge: A pull request gives each file back what it had, where nothing changed it since.
  tests          0 tests
  docs           docs/notice.md
`);
  });

  it('says of what can not be undone why', async (context) => {
    const { stdout } = await runPlumbline(temporaryDirectory(context), ['playbook', 'show', 'retire-contract']);
    assert.match(stdout, /tier +3, never merges by itself\n/);
    assert.match(stdout, /after the merge: It can not be undone: A state that was left never comes back\./);
  });

  it('says of what only opens an issue that there is nothing to undo', async (context) => {
    const { stdout } = await runPlumbline(temporaryDirectory(context), ['playbook', 'show', 'restore-workflow']);
    assert.match(stdout, /rollback +Nothing is written that could be undone\. Whoever does not want the issue closes it\.\n/);
    assert.doesNotMatch(stdout, /delete its branch/);
  });

  it('refuses an id that there is not, and suggests one', async (context) => {
    const { code, stderr } = await runPlumbline(temporaryDirectory(context), ['playbook', 'show', 'restore-contrat']);
    assert.deepEqual([code, /Did you mean restore-contract\?/.test(stderr)], [64, true]);
  });
});

describe('plumbline playbook dry-run', () => {
  it('prints the exact diff against the working copy, who has to sign and how it is undone, and writes nothing', async (context) => {
    const repository = aContractRepository(context);
    const { code, stdout, stderr } = await runPlumbline(repository.directory, ['playbook', 'dry-run', 'halt-contract', '--target', 'contracts/checkout.yaml']);
    assert.deepEqual([code, stderr, repository.git('status', '--porcelain')], [0, '', '']);
    assert.equal(stdout.replace(/sha256:[0-9a-f]{64}/, 'sha256:…'), `halt-contract 1.0.0  1 file to write (nothing was written)
  plan sha256:…

--- a/contracts/checkout.yaml
+++ b/contracts/checkout.yaml
@@ -2,4 +2,5 @@
 contractVersion: 1.0.0
 previousContractRef: null
 lifecycle: active
+emergencyFlags: {halted: true}
 spec: {promise: one}

rollback before the merge: Close the pull request, and delete its branch while it stands where Plumbline left it.
rollback after the merge: A pull request releases the earlier content as a higher version, or sets the state back.
`);
  });

  it('restores what was released from a working copy that lost it, and gives the plan as JSON', async (context) => {
    const repository = aContractRepository(context);
    repository.write({ 'contracts/checkout.yaml': contractText({ spec: '{promise: two}' }) });
    const { code, stdout } = await runPlumbline(repository.directory, ['playbook', 'dry-run', 'restore-contract', '--target', 'contracts/checkout.yaml', '--code', 'contract/base_diverged', '--format', 'json']);
    const plan = JSON.parse(stdout);
    assert.deepEqual([code, plan.outcome, plan.playbook, plan.files.map(({ path, text }: { readonly path: string; readonly text: string }) => [path, text])], [0, 'plan', { id: 'restore-contract', version: '1.0.0' }, [['contracts/checkout.yaml', contractText()]]]);
    assert.deepEqual(plan.rollback, { beforeMerge: 'Close the pull request, and delete its branch while it stands where Plumbline left it.', afterMerge: { kind: 'roll-forward' } });
  });

  it('takes a whole drift from a file, and a template of the organisation from its checkout', async (context) => {
    const repository = aRepository(context);
    repository.commit({ 'README.md': 'x\n' });
    repository.write({ 'drift.yaml': 'class: file/missing\ntarget: files\ndifferences: [{path: NOTICE, template: "org:templates/NOTICE"}]\n', 'org/templates/NOTICE': 'notice\n' });
    const words = ['playbook', 'dry-run', 'restore-managed-file', '--drift', 'drift.yaml'];
    const planned = await runPlumbline(repository.directory, [...words, '--organization', 'org', '--format', 'json']);
    assert.deepEqual([planned.code, JSON.parse(planned.stdout).files[0].text], [0, 'notice\n']);
    const refused = await runPlumbline(repository.directory, words);
    assert.deepEqual([refused.code, /Name a checkout of its \.github repository with --organization <dir>/.test(refused.stderr)], [64, true]);
  });

  it('answers 1 with the reason where nothing is planned', async (context) => {
    const repository = aContractRepository(context);
    const { code, stdout, stderr } = await runPlumbline(repository.directory, ['playbook', 'dry-run', 'retire-contract', '--target', 'contracts/checkout.yaml']);
    assert.deepEqual([code, stdout, stderr], [1, '', 'Cannot plan retire-contract for contracts/checkout.yaml: found one that is active, expected a contract that is deprecated. Nothing was changed. The drift is told, and nothing is changed.\n']);
  });

  it('attack: a link in the working copy is neither read nor written through', async (context) => {
    const repository = aRepository(context);
    repository.commit({ 'templates/a': 'x\n' });
    symlinkSync('/etc', join(repository.directory, 'etc'));
    for (const target of ['etc/passwd', 'etc']) {
      const { code, stderr } = await runPlumbline(repository.directory, ['playbook', 'dry-run', 'restore-managed-file', '--target', target, '--template', 'templates/a']);
      assert.deepEqual([code, /found a symbolic link, expected a text file/.test(stderr)], [1, true], stderr);
    }
  });

  const usages: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no drift', [], /expected --target <path>, or --drift <file>/],
    ['a target that leads out', ['--target', '../a'], /Name a path of the repository with --target/],
    ['a code that there is not', ['--target', 'a', '--code', 'contract/nothing'], /expected that of a finding/],
    ['two drifts', ['--target', 'a', '--drift', 'b'], /cannot be used with/],
  ];
  for (const [what, words, message] of usages) {
    it(`answers 64 for ${what}`, async (context) => {
      const { code, stderr } = await runPlumbline(temporaryDirectory(context), ['playbook', 'dry-run', 'open-issue', ...words]);
      assert.deepEqual([code, message.test(stderr)], [64, true], stderr);
    });
  }
});

describe('what a playbook writes of a contract passes the gate of contracts', () => {
  const two = (previous: string): string => contractText({ version: '2.0.0', previous, spec: '{promise: two}' });
  const cases: readonly (readonly [string, string | null])[] = [['halt-contract', null], ['repair-previous-ref', null], ['rollback-release', 'two']];
  for (const [id, next] of cases) {
    it(id, async (context) => {
      const repository = aContractRepository(context);
      if (next !== null) {
        const hash = await runPlumbline(repository.directory, ['contract', 'hash', 'contracts/checkout.yaml']);
        mergeOnMain(repository, { 'contracts/checkout.yaml': two(/sha256:[0-9a-f]{64}/.exec(hash.stdout)?.[0] ?? '') });
        repository.git('checkout', '-q', '-B', 'topic');
      }
      const { stdout } = await runPlumbline(repository.directory, ['playbook', 'dry-run', id, '--target', 'contracts/checkout.yaml', '--format', 'json']);
      const { files }: { readonly files: readonly { readonly path: string; readonly text: string }[] } = JSON.parse(stdout);
      repository.commit(Object.fromEntries(files.map(({ path, text }) => [path, text])));
      const checked = await runPlumbline(repository.directory, ['check', '--base', 'main', '--gate', 'contracts', '--format', 'json']);
      assert.deepEqual([checked.code, JSON.parse(checked.stdout).decision], [0, 'allow'], checked.stdout);
    });
  }
});

describe('plumbline playbook test', () => {
  const ids = process.env['PLUMBLINE_LONG'] === undefined ? ['restore-contract', 'retire-contract', 'rollback-release'] : [];

  it('runs plan, merge and rollback in a repository of its own, and leaves nothing', async (context) => {
    const { code, stdout } = await runPlumbline(temporaryDirectory(context), ['playbook', 'test', ...ids]);
    assert.deepEqual([code, /^(\d+) of \1 tests passed\.\n$/.test(stdout)], [0, true], stdout);
  });

  it('fails a test that expects something else, and a playbook without one', async (context) => {
    const repository = aRepository(context);
    const tests = 'tests:\n  - {name: it is written, history: [{a: b}], drift: {class: file/missing, target: NOTICE}, expect: {files: {NOTICE: "other\\n"}}}\n';
    repository.commit({ '.github/plumbline.yml': configured, 'books/a.yaml': own, 'books/b.yaml': `${own.replace('write-notice', 'write-other')}${tests}` });
    const { code, stdout } = await runPlumbline(repository.directory, ['playbook', 'test', 'write-notice', 'write-other', '--format', 'json']);
    assert.equal(code, 1);
    assert.deepEqual(JSON.parse(stdout).tests, [
      { playbook: 'write-notice', test: '', mismatches: ['it has no tests, expected at least one under `tests`'], outcome: 'fail' },
      { playbook: 'write-other', test: 'it is written', mismatches: ['NOTICE: found "notice\\n", expected "other\\n"'], outcome: 'fail' },
    ]);
  });
});

test('every command of playbooks has help with an example and its exit codes', async (context) => {
  for (const words of [['list'], ['show'], ['test'], ['dry-run']]) {
    const { code, stdout } = await runPlumbline(temporaryDirectory(context), ['playbook', ...words, '--help']);
    assert.deepEqual([code, /Example:\n {2}plumbline playbook /.test(stdout), /Exit codes: 0 /.test(stdout)], [0, true, true], words.join(' '));
  }
});

test('every shipped playbook has its page, which says what it does, why it is safe, how to refuse it and how to undo it', () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'docs', 'playbooks');
  assert.deepEqual(readdirSync(root).toSorted(), builtinPlaybooks.map((id) => `${id}.md`));
  for (const id of builtinPlaybooks) {
    const headings = [...readFileSync(join(root, `${id}.md`), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings, [`\`${id}\``, 'What it does', 'Why it is safe', 'How to refuse it', 'How to undo it'], id);
  }
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** A test by its whole title; one that runs over a table by its template and what the row begins with. */
type Named = readonly [file: string, title: string, row?: string];

const tables = {
  attacks: ['gates/contract/attacks.test.ts', 'the contract gate ${outcome} an attack that ${title}'],
  twins: ['cli/contract-attacks.test.ts', 'attack: a path twin, ${form}, is refused'],
  lost: ['gates/contract/diverged.test.ts', 'the contract gate fails an attack that ${title}'],
} as const;

/** Every way around the contract gate that must fail, and the tests that try it: at the gate, with real git, in the flows, on a GitHub. */
const bypasses: Readonly<Record<string, readonly Named[]>> = {
  edit: [[...tables.attacks, 'edits released content in place'], ['gates/contract/chain.test.ts', 'no mutation of a released version passes the gate, in either layout, nor does its deletion'], ['cli/contract-attacks.test.ts', 'attack: an edit in a merge commit, which neither parent has, is refused']],
  delete: [[...tables.attacks, 'deletes a released contract']],
  rename: [[...tables.attacks, 'renames a released contract and edits it'], [...tables.attacks, 'moves a released contract out of the governed folder'], [...tables.attacks, 'renames and takes another id']],
  'case-only rename': [[...tables.attacks, 'renames in case alone and edits'], [...tables.twins, 'another case']],
  'mode change': [[...tables.attacks, 'makes a contract executable and edits it'], ['gates/change/change-gate.test.ts', 'an executable bit on a governed file is a notice']],
  'symlink or submodule swap': [[...tables.attacks, 'swaps a contract for a symlink'], [...tables.attacks, 'swaps a contract for a submodule'], ['cli/contract-attacks.test.ts', 'attack: a contract that becomes a ${swap} is refused']],
  'LFS pointer': [[...tables.attacks, 'swaps a contract for a Git LFS pointer']],
  '.gitattributes filters': [['cli/contract-attacks.test.ts', 'attack: .gitattributes filters that would show the released content hide no edit, and none of them runs'], ['cli/contract-attacks.test.ts', 'attack: a keyword that git would expand is content like any other']],
  'fork pull request': [['acceptance/on-one-server/pull-requests.ts', 'a pull request from a fork is judged'], ['acceptance/on-one-server/pull-requests.ts', 'attack: a fork without write permission can not block the same commit of somebody who may write']],
  'force-push': [['flows/contract-attacks.test.ts', 'attack: a force-push of main that takes a release away frees neither its version nor its parent'], ['flows/contract-attacks.test.ts', 'attack: a force-push of main that rewrites a release is found against the record, and only its restoration passes'], ['flows/contract-attacks.test.ts', 'attack: a force-push of a pull request to another head is judged anew, and the older decision says nothing about it'], ['cli/contract-attacks.test.ts', 'attack: a forced push of a topic branch leaves nothing behind that would be judged instead of its head']],
  'direct push to the governed branch': [['acceptance/on-one-server/pull-requests.ts', 'a direct push that mutates a release is found: its contract has diverged, others go on, restoring it is allowed'], ['flows/record-push.test.ts', 'a mutated base is found against the record, and a change to that contract is refused'], [...tables.attacks, 'mutates a release by a direct push and then bumps from it'], [...tables.lost, 'takes a bump back by a direct push and then goes on with a proper version'], [...tables.lost, 'deletes a release by a direct push and then puts another contract at its path'], [...tables.lost, 'overwrites a release with a draft of another id by a direct push and then edits that'], ['cli/contract-attacks.test.ts', 'attack: a direct push that mutates a release on main is found, whatever a change then builds on it']],
  'revert chains': [[...tables.attacks, 'reverts a bump and goes on from the older version'], ['cli/contract-attacks.test.ts', 'attack: a chain of reverts is refused wherever it ends on something else than the release, and passes where it ends there'], ['cli/contract-attacks.test.ts', 'attack: after a revert that somebody pushed to main, a new version can not follow the older one as if the bump had never been']],
  'two open pull requests extending one parent': [['gates/contract/chain.test.ts', 'the first of two pull requests on one parent passes, and the second fails as a fork when it is judged again after the merge'], ['flows/contract-attacks.test.ts', 'attack: two open pull requests extend one parent, and the second fails when the first is merged, at the base or updated']],
  'NFC/NFD path twins': [[...tables.twins, 'NFD beside NFC'], ['gates/change/change-gate.test.ts', 'two paths that only some file systems tell apart are denied']],
  'two pull requests on one SHA into a strict and a lax base': [['acceptance/on-one-server/pull-requests.ts', 'two pull requests on one commit: the strict base decides until its pull request closes and the lax one is judged there'], ['flows/standing-decisions.test.ts', 'a head that a strict base denies and a lax base allows shows the denial, whichever is judged last']],
  'retarget there and back': [['acceptance/on-one-server/pull-requests.ts', 'attack: a head that is refused on main does not turn green by a retarget to a lax base of the entry and back'], ['acceptance/on-one-server/pull-requests.ts', 'a pull request that is retargeted to a governed branch is judged there; one that leaves is not judged again']],
};

for (const [bypass, tests] of Object.entries(bypasses)) {
  test(`the bypass "${bypass}" is tried by tests that are there and run`, () => {
    const missing = tests.filter(([file, title, row]) => !isRun(readFileSync(join(import.meta.dirname, '..', file), 'utf8'), title, row));
    assert.ok(tests.length > 0);
    assert.deepEqual(missing, []);
  });
}

test('a test that is renamed, skipped, left to do, commented out or without its row counts as missing', () => {
  const [title, row] = ['it fails ${what}', 'an edit'];
  const source = `const all = [\n  ['an edit', 1],\n];\nfor (const [what] of all) {\n  test(\`it fails \${what}\`, () => {});\n}\n`;
  assert.deepEqual([isRun(source, title, row), isRun("it('one', async () => {});", 'one')], [true, true]);
  const broken = [
    source.replace('it fails', 'it now fails'),
    source.replace('test(', 'test.skip('),
    source.replace('test(', '// test('),
    source.replace('() => {}', '{ skip: true }, () => {}'),
    source.replace('() => {}', '(t) => t.todo()'),
    source.replace('an edit', 'an edit of sorts'),
    source.replace("  ['an", "  // ['an"),
    `describe.skip('all', () => {\n${source}});\n`,
  ];
  assert.deepEqual(broken.map((text) => isRun(text, title, row)), broken.map(() => false));
});

/** Whether a file calls a test of exactly this title, and, where it runs over a table, with this row. No test of such a file may be left out. */
function isRun(source: string, title: string, row?: string): boolean {
  if (/\.(?:skip|todo|only)\(|[{,]\s*(?:skip|todo|only): /.test(source)) return false;
  const lines = source.split('\n').map((line) => line.trim()).filter((line) => !line.startsWith('//'));
  const calls = ["'", '"', '`'].flatMap((quote) => ['test', 'it'].map((name) => `${name}(${quote}${title}${quote}, `));
  const isCalled = lines.some((line) => calls.some((call) => line.startsWith(call) && /^(?:async )?\(/.test(line.slice(call.length))));
  return isCalled && (row === undefined || lines.some((line) => line.includes(`['${row}', `)));
}

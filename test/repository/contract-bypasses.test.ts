import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** Every way around the contract gate that must fail, and the tests that try it: at the gate, with real git, in the flows, on a GitHub. */
const bypasses: Readonly<Record<string, readonly (readonly [file: string, title: string])[]>> = {
  edit: [['gates/contract/attacks.test.ts', 'edits released content in place'], ['gates/contract/chain.test.ts', 'no mutation of a released version passes the gate'], ['cli/contract-attacks.test.ts', 'an edit in a merge commit, which neither parent has']],
  delete: [['gates/contract/attacks.test.ts', 'deletes a released contract']],
  rename: [['gates/contract/attacks.test.ts', 'renames a released contract and edits it'], ['gates/contract/attacks.test.ts', 'moves a released contract out of the governed folder'], ['gates/contract/attacks.test.ts', 'renames and takes another id']],
  'case-only rename': [['gates/contract/attacks.test.ts', 'renames in case alone and edits'], ['cli/contract-attacks.test.ts', 'another case']],
  'mode change': [['gates/contract/attacks.test.ts', 'makes a contract executable and edits it'], ['gates/change/change-gate.test.ts', 'an executable bit on a governed file is a notice']],
  'symlink or submodule swap': [['gates/contract/attacks.test.ts', 'swaps a contract for a symlink'], ['gates/contract/attacks.test.ts', 'swaps a contract for a submodule'], ['cli/contract-attacks.test.ts', 'a contract that becomes a ${swap} is refused']],
  'LFS pointer': [['gates/contract/attacks.test.ts', 'swaps a contract for a Git LFS pointer']],
  '.gitattributes filters': [['cli/contract-attacks.test.ts', '.gitattributes filters that would show the released content hide no edit'], ['cli/contract-attacks.test.ts', 'a keyword that git would expand is content like any other']],
  'fork pull request': [['acceptance/pull-requests.test.ts', 'a pull request from a fork is judged'], ['acceptance/pull-requests.test.ts', 'a fork without write permission can not block the same commit']],
  'force-push': [['flows/contract-attacks.test.ts', 'a force-push of main that takes a release away'], ['flows/contract-attacks.test.ts', 'a force-push of main that rewrites a release'], ['flows/contract-attacks.test.ts', 'a force-push of a pull request to another head'], ['cli/contract-attacks.test.ts', 'a forced push of a topic branch']],
  'direct push to the governed branch': [['acceptance/pull-requests.test.ts', 'a direct push that mutates a release is found'], ['flows/record-push.test.ts', 'a mutated base is found against the record'], ['gates/contract/attacks.test.ts', 'mutates a release by a direct push and then bumps from it'], ['cli/contract-attacks.test.ts', 'a direct push that mutates a release on main']],
  'revert chains': [['gates/contract/attacks.test.ts', 'reverts a bump and goes on from the older version'], ['cli/contract-attacks.test.ts', 'a chain of reverts is refused'], ['cli/contract-attacks.test.ts', 'after a revert that somebody pushed to main']],
  'two open pull requests extending one parent': [['gates/contract/chain.test.ts', 'the first of two pull requests on one parent passes'], ['flows/contract-attacks.test.ts', 'two open pull requests extend one parent']],
  'NFC/NFD path twins': [['cli/contract-attacks.test.ts', 'NFD beside NFC'], ['gates/change/change-gate.test.ts', 'two paths that only some file systems tell apart are denied']],
  'two pull requests on one SHA into a strict and a lax base': [['acceptance/pull-requests.test.ts', 'two pull requests on one commit: the strict base decides'], ['flows/standing-decisions.test.ts', 'a head that a strict base denies and a lax base allows']],
  'retarget there and back': [['acceptance/pull-requests.test.ts', 'a head that is refused on main does not turn green by a retarget to a lax base of the entry and back'], ['acceptance/pull-requests.test.ts', 'a pull request that is retargeted to a governed branch is judged there']],
};

for (const [bypass, tests] of Object.entries(bypasses)) {
  test(`the bypass "${bypass}" is tried by tests that are there`, () => {
    const missing = tests.filter(([file, title]) => !readFileSync(join(import.meta.dirname, '..', file), 'utf8').includes(title));
    assert.ok(tests.length > 0);
    assert.deepEqual(missing, []);
  });
}

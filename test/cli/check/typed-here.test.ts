import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedHere } from '../../../src/cli/check/typed-here.ts';

const sha = 'a'.repeat(40);
const below = { directory: '/r/docs', repo: '.', repository: '/r/docs', root: '/r', base: null };
const beside = { directory: '/', repo: 'r/docs', repository: '/r/docs', root: '/r', base: 'next' };

for (const [what, next, inside, outside] of [
  ['a contract', 'Run `plumbline contract bump contracts/a.yaml --level major` and commit the result.', 'Run `plumbline contract bump ../contracts/a.yaml --level major` and commit the result.', 'Run `plumbline contract bump ../contracts/a.yaml --repo r/docs --base next --level major` and commit the result.'],
  ['a path in quotes', "Run `plumbline contract sign 'docs/it'\\''s `git rm -- a`.yaml' --key <file>`.", "Run `plumbline contract sign 'it'\\''s `git rm -- a`.yaml' --key <file>`.", "Run `plumbline contract sign 'it'\\''s `git rm -- a`.yaml' --repo r/docs --key <file>`."],
  ['git checkout', `Run \`git checkout ${sha} -- docs/-a.yaml\` and commit.`, `Run \`git checkout ${sha} -- ./-a.yaml\` and commit.`, `Run \`git -C r/docs checkout ${sha} -- ./-a.yaml\` and commit.`],
  ['git checkout of two paths', `Run \`git checkout ${sha} -- docs/a.yaml b.yaml\`.`, `Run \`git checkout ${sha} -- a.yaml ../b.yaml\`.`, `Run \`git -C r/docs checkout ${sha} -- a.yaml ../b.yaml\`.`],
  ['git checkout and git rm in one line', `Run \`git checkout ${sha} -- docs/a.yaml && git rm -f -- 'b c.yaml'\` and commit.`, `Run \`git checkout ${sha} -- a.yaml && git rm -f -- '../b c.yaml'\` and commit.`, `Run \`git -C r/docs checkout ${sha} -- a.yaml && git -C r/docs rm -f -- '../b c.yaml'\` and commit.`],
  ['a pattern that git is to take for a path', "Run `git rm -- ':(literal)docs/*.yaml'` and commit.", "Run `git rm -- ':(literal)*.yaml'` and commit.", "Run `git -C r/docs rm -- ':(literal)*.yaml'` and commit."],
  ['git show into a file', `Run \`git show ${sha}:a.json > docs/b.json\` and commit.`, `Run \`git show ${sha}:a.json > b.json\` and commit.`, `Run \`git -C r/docs show ${sha}:a.json > r/docs/b.json\` and commit.`],
  ['git show', `What \`git show ${sha}:a.json\` prints.`, `What \`git show ${sha}:a.json\` prints.`, `What \`git -C r/docs show ${sha}:a.json\` prints.`],
  ['commands without a path', 'Do `git fetch --unshallow`, `plumbline config check`.', 'Do `git fetch --unshallow`, `plumbline config check`.', 'Do `git -C r/docs fetch --unshallow`, `plumbline config check --repo r/docs`.'],
  ['a move, in which git knows no patterns, and what follows it', "Run `git mv -f -- 'docs/*.json' b.json && plumbline contract release b.json`.", "Run `git mv -f -- '*.json' ../b.json && plumbline contract release ../b.json`.", "Run `git -C r/docs mv -f -- '*.json' ../b.json && plumbline contract release ../b.json --repo r/docs --base next`."],
  ['a key by its id', 'Run `plumbline contract key local:a --private <private key file>`.', 'Run `plumbline contract key local:a --private <private key file>`.', 'Run `plumbline contract key local:a --repo r/docs --private <private key file>`.'],
  ['what is no command', 'Set `contractVersion` in a.yaml.', 'Set `contractVersion` in a.yaml.', 'Set `contractVersion` in a.yaml.'],
] as const) {
  test(`typedHere() names ${what} from where one stands`, () => {
    assert.deepEqual([typedHere(next, below), typedHere(next, beside)], [inside, outside]);
  });
}

for (const [what, next] of [
  ['of a program that is not known', 'Run `git stash -- a.yaml`.'],
  ['with an option that is not known', 'Run `plumbline contract bump a.yaml --as b.yaml`.'],
  ['with more arguments than are known', 'Run `plumbline contract bump a.yaml b.yaml`.'],
  ['that can not be read', "Run `git rm -- a.yaml; rm 'b`."],
  ['that is known beside one that is not', 'Run `git rm -- a.yaml && git gc`.'],
] as const) {
  test(`typedHere() leaves a command ${what} as it is and says where it is typed, but at the top`, () => {
    assert.equal(typedHere(next, below), next.replace(/`\.$/, '` (typed at the top of the repository).'));
    assert.equal(typedHere(next, { directory: '/r', repo: '.', repository: '/r', root: '/r', base: null }), next);
  });
}

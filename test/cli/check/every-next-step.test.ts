import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { fromTheTop, typedHere } from '../../../src/cli/check/typed-here.ts';
import { literally, unquoted } from '../../../src/domain/shell-word.ts';
import { judgeChange } from '../../gates/contract/a-change.ts';
import type { ChangeInput } from '../../gates/contract/a-change.ts';
import { nextSteps } from '../../gates/contract/next-steps.ts';
import type { GateFixture } from '../../gates/contract/gate-fixture.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const fixtures: readonly GateFixture[] = await Promise.all(globSync('test/gates/contract/fixtures/*.ts', { cwd: root }).map(async (file) => (await import(join(root, file))).fixture));
const changes: readonly ChangeInput[] = [...fixtures.map(({ bad }) => bad), ...nextSteps.map(([, , change]) => change)];
const steps = changes.flatMap((change) => judgeChange(change).findings.map(({ next }) => ({ next, paths: Object.keys(change.files) })));

const below = { directory: '/r/docs', repo: '.', repository: '/r/docs', root: '/r', base: null };
const beside = { directory: '/w', repo: '../r/docs', repository: '/r/docs', root: '/r', base: 'next' };

test('every command of the next steps that the changes of the contract gate get is known, from a folder below and with --repo', () => {
  const commands = steps.filter(({ next }) => /`(?:git|plumbline) /.test(next));
  assert.ok(commands.length > 30, String(commands.length));
  for (const { next } of commands) assert.deepEqual([below, beside].filter((standing) => typedHere(next, standing).includes(fromTheTop)), [], next);
});

test('every path in the commands of next steps is named from where it is typed, and every command of git and Plumbline finds the repository', () => {
  for (const { next, paths } of steps) {
    for (const standing of [below, beside]) {
      const before = wordsOf(next);
      const typed = wordsOf(typedHere(next, standing)).filter((word) => standing === below || !isAdded(word));
      assert.deepEqual(typed.map((word) => fromTop(word)), before.map((word) => (paths.includes(word) ? word : fromTop(word))), next);
      assert.deepEqual(typed.filter((word) => paths.includes(word) && !word.startsWith('../')), [], next);
    }
    for (const command of commandsOf(typedHere(next, beside))) assert.match(command, /^git -C \.\.\/r\/docs |^plumbline .* --repo \.\.\/r\/docs|^plumbline config detach$/);
  }
});

test('every command that gates and the domain write in backticks begins as one that is known', () => {
  const written = globSync('src/{gates,domain}/**/*.ts', { cwd: root }).flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(/(?<!\/\*\*.*)\\?`((?:git|plumbline) [a-z -]*)/g)].map(([, command = '']) => command.trim()));
  assert.ok(written.length > 15);
  const known = [...steps.flatMap(({ next }) => commandsOf(next)), 'git fetch --unshallow', 'git mv', 'git show a:b > c', 'plumbline init', 'plumbline config check', 'plumbline config detach', 'plumbline playbook list', 'plumbline evidence init', 'plumbline policy try', 'plumbline policy test', 'plumbline contract sign a --key b', 'plumbline contract key a --private b'];
  for (const command of known) assert.ok(!typedHere(`\`${command}\``, below).includes(fromTheTop), command);
  assert.deepEqual(written.filter((begin) => !known.some((command) => command.startsWith(begin))), []);
});

function commandsOf(next: string): readonly string[] {
  return [...next.matchAll(/`((?:git|plumbline) [^`]*)`/g)].flatMap(([, span = '']) => span.split(' && '));
}

/** The words of the commands in a text, as a shell hands them on. */
function wordsOf(next: string): readonly string[] {
  return commandsOf(next).flatMap((command) => command.match(/(?:'[^']*'|\\'|[^\s'])+/g) ?? []).map((word) => unquoted(word).replace(literally, ''));
}

function isAdded(word: string): boolean {
  return ['-C', '--repo', '../r/docs', '--base', 'next'].includes(word);
}

function fromTop(word: string): string {
  return word.startsWith('../') ? posix.relative('/r', posix.join('/r/docs', word)) : word;
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useSearch } from '../../../src/domain/module/broken-uses.ts';
import { Effort } from '../../../src/domain/module/effort.ts';
import type { ModuleFacts, ModuleReading, ModuleUse } from '../../../src/domain/module/module-facts.ts';
import type { Surroundings } from '../../../src/domain/module/surroundings.ts';
import { workspacePackages } from '../../../src/domain/module/workspace-package.ts';

const none: ModuleFacts = { uses: [], exports: [], passes: [], passesAllOf: [], isOpen: false };
const deep = `${'a/'.repeat(1_000)}m.ts`;
const taking = (count: number, of: (index: number) => Pick<ModuleUse, 'specifier' | 'name'>): ModuleFacts => ({ ...none, uses: Array.from({ length: count }, (_, index) => ({ ...of(index), line: 1, column: 1 })) });

/** Judges the first of the modules, and counts the characters of all paths that were asked for, and how often a module was looked into. */
function counted(modules: Readonly<Record<string, ModuleFacts>>, most: number, more: Partial<Surroundings> = {}) {
  let [characters, readings] = [0, 0];
  const surroundings: Surroundings = {
    paths: {
      has(path) {
        characters += path.length;
        return Object.hasOwn(modules, path);
      },
      hasFolder: () => true,
      namesIn: () => [],
      isElsewhere: () => false,
    },
    packages: workspacePackages([]),
    settingsAt: () => null,
    isMadeLater: () => false,
    ...more,
  };
  const readingOf = (path: string): ModuleReading | undefined => {
    readings += 1;
    const facts = modules[path];
    return facts === undefined ? undefined : { kind: 'read', facts };
  };
  const [entry = ''] = Object.keys(modules);
  const { isOver, broken } = useSearch({ surroundings, readingOf }, new Effort(most)).judge(entry);
  return { isOver, broken: broken.length, characters, readings };
}

const hostile: Readonly<Record<string, Readonly<Record<string, ModuleFacts>>>> = {
  'many imports of a deep file': { [deep]: taking(100_000, (index) => ({ specifier: `./${index}`, name: null })) },
  'one very long import': { 'm.ts': taking(1_000, (index) => ({ specifier: `./${'b'.repeat(100_000)}${index}`, name: null })) },
  'names that are looked for through many modules': { 'm.ts': taking(100_000, (index) => ({ specifier: './n', name: `x${index}` })), 'n.ts': { ...none, passesAllOf: Array.from({ length: 500 }, (_, index) => `./p${index}`) } },
};

for (const [what, modules] of Object.entries(hostile)) {
  test(`attack: ${what} cost no more than is allowed, and then nothing is told`, () => {
    const most = 20_000_000;
    const { isOver, broken, characters, readings } = counted(modules, most);
    assert.deepEqual([isOver, broken], [true, 0]);
    // What was begun is ended.
    assert.ok(characters <= most * 2 && readings <= most / 32, `${characters} characters, ${readings} readings`);
  });
}

test('what is within the effort is told whole, and each import is resolved once', () => {
  const uses = taking(200, (index) => ({ specifier: './gone', name: `x${index}` }));
  const { isOver, broken, characters } = counted({ 'src/m.ts': uses }, 20_000);
  assert.deepEqual([isOver, broken], [false, 1]);
  assert.ok(characters <= 20_000, String(characters));
});

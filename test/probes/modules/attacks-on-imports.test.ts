import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { broken, looked } from './a-repository.ts';
import type { Texts } from './a-repository.ts';

const cart = 'export const addItem = 1;';
const mapped = (paths: object): string => JSON.stringify({ compilerOptions: { paths } });

/** Without what is near. */
async function brokenIn(base: Texts, code: string): Promise<readonly string[]> {
  return (await broken(base, { 'a.ts': code })).map((one) => one.replace(/ ~.*/, ''));
}

suite('attacks: modules and names that are invented', () => {
  const cases: readonly (readonly [what: string, base: Texts, code: string, told: readonly string[]])[] = [
    ['a module behind a mapped name of a source folder', { 'tsconfig.json': mapped({ '@/*': ['./src/*'] }), 'src/deep/cart.ts': cart }, "import { a } from '@/invented'; import '@/deep/cart';", ['a.ts:1 @/invented -']],
    ['a module that a name without a star is mapped to', { 'tsconfig.json': mapped({ lib: ['./src/lib.ts'] }), 'src/cart.ts': cart }, "import 'lib';", ['a.ts:1 lib -']],
    ['a name of `imports` that nobody has', { 'package.json': '{"imports":{"#cart":"./cart.ts","#src/*":"./src/*.ts"}}', 'cart.ts': cart, 'src/x.ts': cart }, "import '#cart'; import '#invented'; import '#src/none';", ['a.ts:1 #invented -', 'a.ts:1 #src/none -']],
    ['a module in a template without a part', { 'cart.ts': cart }, 'await import(`./invented`); require(`./cart`); const { none } = await import(`./cart`);', ['a.ts:1 ./invented -', 'a.ts:1 ./cart none']],
    ['a module that is loaded and then used', { 'cart.ts': cart }, "import('./invented').then((all) => all.none); import('./cart').then((all) => all.none); import('./cart').then(({ gone, addItem }) => addItem); import('./cart').then(function (all) { return all.lost; });", ['a.ts:1 ./invented -', 'a.ts:1 ./cart none', 'a.ts:1 ./cart gone', 'a.ts:1 ./cart lost']],
    ['names of what is required', { 'c.js': 'module.exports = { a: 1, b() {} };' }, "const { a, none } = require('./c'); const gone = require('./c').gone; require('./c').b();", ['a.ts:1 ./c none', 'a.ts:1 ./c gone']],
  ];
  for (const [what, base, code, told] of cases) test(`attack: ${what} is told`, async () => assert.deepEqual(await brokenIn(base, code), told));

  const fine: readonly (readonly [what: string, base: Texts, code: string])[] = [
    ['a folder that only a build makes', { 'tsconfig.json': mapped({ '@/*': ['./generated/*', './src/*'], built: ['./dist/index.js'] }), 'src/x.ts': cart }, "import '@/none'; import 'built';"],
    ['a file that git ignores', { '.gitignore': 'src/routes.gen.ts\n', 'tsconfig.json': mapped({ '@/*': ['./src/*'] }), 'src/x.ts': cart }, "import '@/routes.gen';"],
    ['all names', { 'tsconfig.json': mapped({ '*': ['./types/*'] }), 'types/x.d.ts': cart }, "import 'react'; import '@scope/b';"],
    ['a submodule', { 'tsconfig.json': mapped({ '@/*': ['./src/*'] }), 'src/x.ts': cart }, "import 'other';"],
    ['a package that `imports` names, and one that a manifest asks for', { 'tsconfig.json': mapped({ 'lib/*': ['./src/*'] }), 'src/x.ts': cart, 'package.json': '{"imports":{"#dep":"undici"},"dependencies":{"lib":"1"}}' }, "import '#dep'; import 'lib/none';"],
    ['what a package that has no `imports` takes from elsewhere', { 'package.json': '{}' }, "import '#app/x';"],
    ['what may be missing, or is what all objects have', { 'c.js': 'module.exports = { a: 1 };', 'cart.ts': cart }, "import('./none').then((all) => all.a).catch(() => 1); import('./none').then(f, () => 1); require('./c').hasOwnProperty('a'); import('./cart').then((all) => { const g = (all) => all.none; return g({}); });"],
    ['what CommonJS gives when it runs', { 'c.js': 'module.exports = make();' }, "const { a } = require('./c');"],
  ];
  for (const [what, base, code] of fine) test(`of ${what} nothing is told`, async () => assert.deepEqual(await brokenIn(base, code), []));

  test('attack: very many values, statements, patterns and imports beside each other break nothing', async () => {
    const [many, names] = [200_000, Array.from({ length: 130_000 }, (_, index) => `a${index}`)];
    const texts = { values: `export const all = [${'0,'.repeat(many)}];`, statements: `export const all = 1;${'0;'.repeat(many)}`, patterns: `export const all = 1, [${names.join()}] = x;`, uses: `export const all = 1;${"import('./a');".repeat(70_000)}`, tried: `export const all = 1; try {${'0;'.repeat(many)}} catch {}` };
    for (const [what, text] of Object.entries(texts)) assert.deepEqual([what, (await broken({ 'big.ts': text, 'a.ts': '' }, { 'b.ts': "import { all, none } from './big';" })).map((one) => one.replace(/ ~.*/, ''))], [what, what === 'patterns' || what === 'uses' ? [] : ['b.ts:1 ./big none']]);
  });

  test('of what is mapped to a folder of a build it is said that nothing is told', async () => {
    const answer = await looked({ 'tsconfig.json': mapped({ built: ['./dist/index.js'] }) }, { 'a.ts': "import 'built';" });
    assert.deepEqual(answer.kind === 'looked' && answer.untold.map(({ why }) => why), ['what it is mapped to is not there before a build']);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModuleParser } from '../../../src/probes/modules/module-parser.ts';
import type { SpentTime } from '../../../src/probes/worker-threads/worker-lane.ts';
import { broken, looked, parserHere } from './a-repository.ts';
import type { Texts } from './a-repository.ts';

const cart = 'export const addItem = 1; export type Cart = 1; export default 2; const own = 1; export { own as shown };';

test('imports of files and names that are there are not told', async () => {
  const head = { 'src/a.ts': "import cart, { addItem, type Cart, shown as s } from './cart.ts'; import type { Cart as C } from './cart'; import * as all from './cart.js'; all.addItem; import './cart.ts'; const x = await import('./cart'); type T = import('./cart').Cart;" };
  assert.deepEqual(await broken({ 'src/cart.ts': cart }, head), []);
});

test('a name that a module does not export is told, with what is near', async () => {
  assert.deepEqual(await broken({ 'src/cart.ts': cart }, { 'src/a.ts': "\nimport { addItems, own } from './cart';" }), ['src/a.ts:2 ./cart addItems ~addItem', 'src/a.ts:2 ./cart own']);
});

test('a file that is not there is told, with what is near', async () => {
  assert.deepEqual(await broken({ 'src/cart.ts': cart }, { 'src/a.ts': "import './carts.ts';\nexport * from './nothing-like-it';" }), ['src/a.ts:1 ./carts.ts - ~src/cart.ts', 'src/a.ts:2 ./nothing-like-it -']);
});

const forms: readonly (readonly [what: string, code: string, told: readonly string[]])[] = [
  ['a default that is none', "import x from './no-default.ts';", ['a.ts:1 ./no-default.ts default']],
  ['a name that is passed on', "export { b } from './cart.ts';", ['a.ts:1 ./cart.ts b']],
  ['a member of a namespace', "import * as all from './cart.ts';\nall.nothing();", ['a.ts:2 ./cart.ts nothing']],
  ['a type of a namespace', "import type * as all from './cart.ts';\ntype X = all.Nothing;", ['a.ts:2 ./cart.ts Nothing']],
  ['a type that is imported where it stands', "type X = import('./cart.ts').Nothing;", ['a.ts:1 ./cart.ts Nothing']],
  ['a name of what is loaded late', "const { nothing } = await import('./cart.ts');", ['a.ts:1 ./cart.ts nothing']],
  ['a module that is required', "const x = require('./no.ts');", ['a.ts:1 ./no.ts -']],
  ['`import x = require()`', "import x = require('./no.ts');", ['a.ts:1 ./no.ts -']],
  ['a name that reaches it through `export *`', "import { addItem, Cart, nothing } from './all.ts';", ['a.ts:1 ./all.ts nothing']],
  ['a default through `export *`, which passes none on', "import x from './all.ts';", ['a.ts:1 ./all.ts default']],
  ['a namespace that is passed on under a name', "import { space, gone } from './all.ts';", ['a.ts:1 ./all.ts gone']],
];

for (const [what, code, told] of forms) {
  test(`${what} is told`, async () => {
    const base = { 'cart.ts': cart, 'no-default.ts': 'export const a = 1;', 'all.ts': "export type * from './cart.ts'; export * from './circle.ts'; export * as space from './cart.ts';", 'circle.ts': "export * from './all.ts';" };
    const found = await broken(base, { 'a.ts': code });
    assert.deepEqual(found.map((one) => one.replace(/ ~.*/, '')), told);
  });
}

const untold: readonly (readonly [what: string, base: Texts, code: string, why: RegExp])[] = [
  ['of a module that has what it has when it runs', { 'c.js': 'module.exports = make();' }, "import { a } from './c.js';", /gives what it has when it runs/],
  ['of what `export =` gives', { 'c.ts': 'const x = 1; export = x;' }, "import { a } from './c.ts';", /gives what it has when it runs/],
  ['of a module that passes on all of a package', { 'c.ts': "export * from 'react';" }, "import { a } from './c.ts';", /passes on all of "react"/],
  ['of a module that has a syntax error', { 'c.ts': 'export const = ;' }, "import { a } from './c.ts';", /a syntax error/],
  ['of what a bundler makes of a file', { 'c.svg': '<svg/>' }, "import { a } from './c.svg';", /up to a program that bundles/],
  ['of what a build makes in a folder that git ignores', { '.gitignore': 'generated/\n' }, "import { a } from './generated/a.ts';", /git ignores/],
  ['of what lies outside of the repository', {}, "import { a } from '../../a.ts';", /leads out of the repository/],
  ['of what a loader of webpack loads', {}, "import a from 'raw!./a.txt';", /program that bundles/],
  ['of folders that are laid over each other', { 'tsconfig.json': '{ "compilerOptions": { "rootDirs": ["a", "b"], }, /* so */ }' }, "import { a } from './other.ts';", /settings of TypeScript/],
  ['of a package of the workspace that is built first', { 'package.json': '{"workspaces":["p/*"]}', 'p/one/package.json': '{"name":"@me/one","exports":{".":"./dist/index.js"}}' }, "import { a } from '@me/one';", /not there before a build/],
];

for (const [what, base, code, why] of untold) {
  test(`nothing is told ${what}, and why is said`, async () => {
    const answer = await looked(base, { 'a.ts': code });
    assert.ok(answer.kind === 'looked');
    assert.deepEqual(answer.broken, []);
    assert.match(answer.untold.map((one) => one.why).join(), why);
  });
}

const fine: readonly (readonly [what: string, base: Texts, code: string])[] = [
  ['what is installed, and what Node has', {}, "import { a } from 'react'; import { readFile } from 'node:fs'; import b from '@scope/b/c.js';"],
  ['an index of a folder', { 'lib/index.ts': 'export const a = 1;' }, "import { a } from './lib'; import { a as b } from './lib/'; import { a as c } from './lib/index.js';"],
  ['the root of the folder', { 'index.ts': 'export const a = 1;' }, "import { a } from '.'; import { a as b } from './';"],
  ['what is emitted from another ending', { 'm.mts': 'export const a = 1;', 'x.tsx': 'export const a = <div />;', 'd.d.ts': 'export declare const a: 1; interface Own {}' }, "import { a } from './m.mjs'; import { a as b } from './x.js'; import { a as c, Own } from './d';"],
  ['a file with a question behind it', { 'a.svg': '<svg/>' }, "import a from './a.svg?raw';"],
  ['JSON', { 'a.json': '{"b":1}' }, "import a from './a.json' with { type: 'json' };"],
  ['a file for one platform', { 'b.native.tsx': 'export const a = 1;' }, "import { a } from './b';"],
  ['CommonJS that names what it gives', { 'c.cjs': 'exports.a = 1; Object.defineProperty(exports, "b", {}); module.exports.c = 2;' }, "import d, { a, b, c } from './c.cjs';"],
  ['what may be missing', {}, "try { require('./a') } catch {} import('./b').catch(() => 1);"],
  ['a name that is mapped', { 'tsconfig.json': '{"extends":"./base.json"}', 'base.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}', 'src/x.ts': 'export const a = 1;' }, "import { a } from '@/x';"],
  ['a package of the workspace', { 'package.json': '{"workspaces":["p/*"]}', 'p/one/package.json': '{"name":"@me/one","exports":{"./*":{"types":"./types/*.ts","default":"./src/*.ts"}}}', 'p/one/src/x.ts': 'export const a = 1;' }, "import { a } from '@me/one/x';"],
  ['a member of a namespace whose name something else has too', { 'c.ts': 'export const a = 1;' }, "import * as all from './c.ts'; function f(all: any) { return all.nothing; }"],
];

for (const [what, base, code] of fine) test(`${what} is not told`, async () => assert.deepEqual(await broken(base, { 'a.ts': code }), []));

test('a name that is mapped to a module that does not give it is told, and so is one of a package of the workspace', async () => {
  const base = { 'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}', 'src/x.ts': 'export const a = 1;', 'package.json': '{"workspaces":["p/*"],"imports":{"#y":"./src/x.ts"}}', 'p/one/package.json': '{"name":"@me/one","main":"src/x.ts"}', 'p/one/src/x.ts': 'export const b = 1;' };
  assert.deepEqual((await broken(base, { 'a.ts': "import { one } from '@/x'; import { two } from '@me/one'; import { three } from '#y';" })).map((one) => one.replace(/ ~.*/, '')), ['a.ts:1 @/x one', 'a.ts:1 @me/one two', 'a.ts:1 #y three']);
});

test('an export that is taken away while another file imports it is told there, also through a module that passes it on', async () => {
  const base = { 'cart.ts': 'export const addItem = 1; export const kept = 1;', 'index.ts': "export * from './cart.ts';", 'uses.ts': "import { addItem, kept } from './cart.ts';", 'far.ts': "import { addItem } from './index.ts';", 'other.ts': "import { kept } from './cart.ts';" };
  assert.deepEqual((await broken(base, { 'cart.ts': 'export const kept = 1;' })).map((one) => one.replace(/ ~.*/, '')), ['far.ts:1 ./index.ts addItem', 'uses.ts:1 ./cart.ts addItem']);
});

test('a file that is deleted or moved while another one imports it is told there', async () => {
  const base = { 'lib/index.ts': 'export const a = 1;', 'uses.ts': "import { a } from './lib';" };
  assert.deepEqual(await broken(base, { 'lib/index.ts': null }), ['uses.ts:1 ./lib -']);
  assert.deepEqual(await broken(base, { 'lib/index.ts': null, 'lib/main.ts': 'export const a = 1;', 'uses.ts': "import { a } from './lib/main.ts';" }), []);
});

test('what was broken at the base is none of the change, unless it is in a file that the change brings', async () => {
  const base = { 'old.ts': "import { no } from './cart.ts'; import './gone.ts';", 'cart.ts': 'export const a = 1;' };
  assert.deepEqual(await broken(base, { 'old.ts': "import { no } from './cart.ts'; import './gone.ts'; export const more = 1;" }), []);
  assert.deepEqual(await broken(base, { 'new.ts': "import './gone.ts';" }), ['new.ts:1 ./gone.ts -']);
});

test('what the change itself tells git to ignore excuses nothing', async () => {
  assert.deepEqual(await broken({}, { '.gitignore': 'generated/', 'a.ts': "import './generated/a.ts';" }), ['a.ts:1 ./generated/a.ts -']);
});

test('members of workspaces are told, and manifests that are none are not', async () => {
  const answer = await looked({ 'package.json': '{"name":"root","workspaces":["packages/*"]}', 'packages/a/package.json': '{"name":"@me/a","version":"1.2.3"}', 'elsewhere/package.json': '{"name":"invented"}' }, {});
  assert.deepEqual(answer.own, [{ name: '@me/a', version: '1.2.3' }]);
});

test('attack: modules that pass all on in circles, texts that nest deep and are no modules are looked at in time', async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`m${index}.ts`, Array.from({ length: 200 }, (_other, next) => `export * from './m${next}.ts';`).join('\n')]));
  const answer = await looked(many, { 'a.ts': `import { nothing } from './m0.ts'; ${'('.repeat(50_000)}`, 'b.ts': "import { nothing } from './m0.ts';", 'c.ts': '\0\u{fffd}' });
  assert.ok(answer.kind === 'looked');
  assert.deepEqual(answer.broken.map(({ path, name }) => `${path} ${name}`), ['b.ts nothing']);
  assert.deepEqual(answer.untold.map(({ path }) => path).toSorted(), ['a.ts', 'c.ts']);
});

const beyond: readonly (readonly [what: string, head: Texts, why: RegExp])[] = [
  ['a module with more names than are counted', { 'a.ts': `export { ${Array.from({ length: 20_001 }, (_, index) => `a as b${index}`).join(', ')} };` }, /"a\.ts" can not be read: it takes or gives more than 20000 names/],
  ['imports of a file that lies very deep', { [`${'a/'.repeat(2_000)}m.ts`]: Array.from({ length: 600 }, (_, index) => `import './${index}';`).join('') }, /more than 250000000 characters/],
  ['settings that are larger than all of them are read', Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`d${index}/tsconfig.json`, `{"a":"${String(index).repeat(1_000_000)}"}`])), /settings and lists of ignored files have more than 4194304 bytes/],
  ['patterns of workspaces of which nobody has so many', Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`d${index}/package.json`, JSON.stringify({ workspaces: Array.from({ length: 200 }, (_other, one) => `p${one}`) })])), /more than 1000 patterns of members/],
];

for (const [what, head, why] of beyond) {
  test(`attack: ${what} can not be told, which is said`, async () => {
    const answer = await looked({}, { 'z.ts': '', ...head });
    assert.ok(answer.kind === 'undecided');
    assert.match(answer.why, why);
  });
}

test('attack: a module of the change that takes too long to parse is not passed over, and one of the base is', async () => {
  const slow: ModuleParser = { ...parserHere, parse: async (batch) => (await parserHere.parse(batch)).map((one, index) => (batch[index]?.path === 'slow.ts' ? { kind: 'undecided', why: 'it took too long' } : one)) };
  const taking = { 'a.ts': "import { a } from './slow.ts';" };
  const [changed, standing] = [await looked({}, { ...taking, 'slow.ts': 'export const a = 1;' }, slow), await looked({ 'slow.ts': 'export const a = 1;' }, taking, slow)];
  assert.ok(changed.kind === 'undecided' && standing.kind === 'looked');
  assert.match(changed.why, /"slow\.ts" can not be read: it took too long/);
});

test('an export that is taken away is looked for in a chain of modules that pass it on, each looked at once', async () => {
  const chain = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`m${index}.ts`, `export * from './${index === 0 ? 'lib' : `m${index - 1}`}.ts';`]));
  const answer = await looked({ 'lib.ts': 'export const a = 1;', ...chain, 'user.ts': "import { a } from './m40.ts';" }, { 'lib.ts': 'export const b = 1;' });
  assert.ok(answer.kind === 'looked');
  assert.deepEqual(answer.broken.map(({ path, name }) => `${path} ${name}`), ['user.ts a']);
});

test('all that is parsed for one change shares one time, and another change has its own', async () => {
  const times: (SpentTime | undefined)[] = [];
  const parser: ModuleParser = { ...parserHere, parse: async (batch, time) => (times.push(time), await parserHere.parse(batch)) };
  const base = { 'c.ts': 'export const c = 1;', 'b.ts': "export { c } from './c';" };
  for (let change = 0; change < 2; change += 1) await looked(base, { 'a.ts': "import { c, d } from './b';" }, parser);
  const [first, second] = [times.slice(0, times.length / 2), times.slice(times.length / 2)];
  assert.ok(first.length >= 2 && second.length >= 2, String(times.length));
  assert.deepEqual([new Set(first).size, new Set(second).size, first[0] === second[0], first[0] === undefined], [1, 1, false, false]);
});

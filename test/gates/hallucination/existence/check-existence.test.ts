import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { JsonObject } from '../../../../src/domain/json-value.ts';
import { limits } from '../../../../src/domain/limits.ts';
import type { ImportsAnswer } from '../../../../src/domain/module/imports-answer.ts';
import { aClaim } from '../../../builders/an-evidence-document.ts';
import { blobOf } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { judgeAgentsChange } from '../an-agents-change.ts';
import type { AgentsChange } from '../an-agents-change.ts';

const looked = (more: Partial<Extract<ImportsAnswer, { readonly kind: 'looked' }>>): ImportsAnswer => ({ kind: 'looked', modules: 1, broken: [], untold: [], unlooked: null, own: [], ...more });
const symbol = { path: 'src/cart.ts', specifier: './tax', name: 'addTaxes', line: 3, column: 10, target: 'src/tax.ts', nearest: 'addTax' };

function judged(input: AgentsChange) {
  const verdict = judgeAgentsChange(input);
  const told = verdict.findings.filter(({ code }) => /file_missing|symbol_missing|not_checkable|unverifiable/.test(code));
  return { verdict: verdict.verdict, told: told.map(({ code, path, line, message }) => `${code.replace('hallucination/', '')} ${path ?? '-'}:${line ?? '-'} ${message}`), record: verdict.verification, skipped: verdict.skipped, covered: verdict.covered };
}

const excepted: AgentsChange = { login: 'renovate[bot]', document: null };

suite('what a change imports', () => {
  test('that is there passes, and its modules are covered', () => {
    const { verdict, told, covered } = judged({ ...excepted, world: { imports: () => looked({}) } });
    assert.deepEqual([verdict, told, covered], ['pass', [], ['src/cart.ts']]);
  });

  test('that is no name of its module, or no file, fails with the place and what is near', () => {
    const { verdict, told } = judged({ ...excepted, world: { imports: () => looked({ broken: [symbol, { ...symbol, specifier: './taxes', name: null, target: null, line: 4, nearest: 'src/tax.ts' }] }) } });
    assert.equal(verdict, 'fail');
    assert.deepEqual(told, ['symbol_missing src/cart.ts:3 "src/cart.ts" takes "addTaxes" from "src/tax.ts", which does not export it. Did you mean "addTax"?', 'file_missing src/cart.ts:4 "src/cart.ts" imports "./taxes", and there is no such file once this is merged. Did you mean "src/tax.ts"?']);
  });

  test('of which nothing can be told passes, and that is said', () => {
    const { verdict, skipped } = judged({ ...excepted, world: { imports: () => looked({ untold: [{ path: 'src/cart.ts', specifier: './a', why: 'git ignores it' }, { path: 'src/b.ts', specifier: './a', why: 'git ignores it' }], unlooked: '3 modules were not searched' }) } });
    assert.deepEqual([verdict, skipped.map(({ why }) => why)], ['pass', ['of "./a" in src/cart.ts and 1 more nothing is told: git ignores it', '3 modules were not searched']]);
  });

  test('beyond the limits is held, and without an answer it is inconclusive', () => {
    assert.deepEqual(judged({ ...excepted, world: { imports: () => ({ kind: 'undecided', why: 'more than 3000 modules take part', own: [] }) } }).verdict, 'hold');
    assert.deepEqual(judged({ ...excepted, world: { unavailable: ({ kind }) => kind === 'imports' } }).verdict, 'inconclusive');
  });

  test('is not asked where no module and no manifest changes', () => {
    assert.deepEqual(judged({ ...excepted, files: [{ path: 'README.md', head: 'x' }], world: { unavailable: ({ kind }) => kind === 'imports' } }).verdict, 'pass');
  });
});

suite('lines that a claim is about', () => {
  const files = [{ path: 'src/cart.ts', base: 'a', head: 'one\ntwo\nthree\n' }, { path: 'src/old.ts', base: 'b', head: null }, { path: 'logo.png', base: 'c', head: '\u0000' }];
  const unlisted = { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' };
  const claiming = (...changes: readonly JsonObject[]) => judgeAgentsChange({ files, document: { claims: [aClaim({ changes: [{ path: 'src/old.ts' }, { path: 'logo.png' }, ...changes] })] }, world: { unlisted } });

  test('of the change as it is merged are told nothing of, and neither are those of what is deleted or no text', () => {
    const { verdict, verification } = claiming({ path: 'src/cart.ts', start_line: 1, end_line: 3 }, { path: 'src/old.ts', start_line: 9 }, { path: 'logo.png', start_line: 9 });
    assert.deepEqual([verdict, verification?.verified_by_rag], ['pass', true]);
  });

  test('attack: that the file does not have make the claim fail', () => {
    const { verdict, verification, findings } = claiming({ path: 'src/cart.ts', start_line: 3, end_line: 9000 });
    assert.deepEqual([verdict, verification?.verified_by_rag, verification?.claims.map((one) => one.verdict)], ['fail', false, ['unsupported']]);
    assert.deepEqual(findings.filter(({ severity }) => severity === 'deny').map(({ code, message, next }) => [code, message, next]), [['hallucination/citation_missing', 'The claim "c1": "src/cart.ts" has no lines 3 to 9000 in this change, it has 4.', 'Name lines that the file has once this is merged, or none.']]);
  });

  test('attack: in more files than are read are held, and not passed over', () => {
    const many = Array.from({ length: limits.citedFiles + 1 }, (_, index) => ({ path: `src/m${String(index).padStart(4, '0')}.ts`, head: 'one\n' }));
    const claims = [aClaim({ changes: many.map(({ path }, index) => ({ path, start_line: 1, end_line: index === limits.citedFiles ? 9000 : 1 })) })];
    const { verdict, verification } = judgeAgentsChange({ files: many, document: { claims }, world: { unlisted } });
    assert.deepEqual([verdict, verification?.verified_by_rag, verification?.claims.map((one) => one.verdict)], ['hold', false, ['unverifiable']]);
  });

  test('can not be told while the file is not read', () => {
    assert.equal(judgeAgentsChange({ document: { claims: [aClaim({ changes: [{ path: 'src/cart.ts', start_line: 1 }] })] }, world: { unlisted, unavailable: (request) => request.kind === 'blob' && request.blob === blobOf('export const total = 2;\n') } }).verdict, 'inconclusive');
  });
});

suite('what evidence names', () => {
  const world = { unlisted: { 'docs/tax.md': 'How taxes are added up', 'src/tax.ts': 'export class Tax { add() {} }' } };
  const files = [{ path: 'src/cart.ts', base: 'a', head: 'export const total = 2;' }, { path: 'src/old.ts', base: 'b', head: null }];

  test('that is there is told nothing of: files of the base and of the change, and names in them', () => {
    const references = { files: ['docs/tax.md', './src/cart.ts', 'src/'], symbols: ['src/tax.ts#Tax.add', 'src/cart.ts#total', 'total'] };
    assert.deepEqual(judged({ files, world, document: { references } }).told, []);
  });

  test('that is not there, or is deleted, fails', () => {
    const { verdict, told, record } = judged({ files, world, document: { references: { files: ['docs/taxes.md', 'src/old.ts'], symbols: ['src/tax.ts#Taxe', 'src/nowhere.ts#a'] } } });
    assert.equal(verdict, 'fail');
    assert.deepEqual(told.map((one) => one.split(' ')[0]), ['file_missing', 'file_missing', 'symbol_missing', 'file_missing']);
    assert.deepEqual(record?.references.missing, ['docs/taxes.md', 'src/old.ts', 'src/tax.ts#Taxe', 'src/nowhere.ts#a']);
  });

  test('that can not be read now is inconclusive', () => {
    const { told } = judged({ files, world: { ...world, unavailable: (request) => request.kind === 'file-at' && request.path === 'docs/tax.md' }, document: { references: { files: ['docs/tax.md'] } } });
    assert.deepEqual(told, ['unverifiable -:- Cannot tell whether "docs/tax.md", which the evidence names, is there: the test says so.']);
  });
});

const carried = { 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n' };

/** What is told of references beyond those that are looked up. */
function beyond(count: number): readonly string[] {
  return [`not_checkable -:- The evidence names ${count} files and symbols more than are looked up. It is held: a person may release it.`];
}

test('attack: more files and symbols than are looked up are held, so that what is made up does not hide behind what is there', () => {
  const files = Array.from({ length: limits.referencedFiles }, (_, index) => `docs/${index}.md`);
  const world = { unlisted: { ...carried, ...Object.fromEntries(files.map((path) => [path, 'taxes'])) } };
  const { verdict, told } = judged({ world, document: { references: { files, symbols: ['docs/made-up.md#none', 'docs/0.md#taxes'] } } });
  assert.deepEqual([verdict, told], ['hold', beyond(1)]);
  assert.deepEqual(judged({ world, document: { references: { files } } }).told, []);
});

test('attack: many long names in large files cost no more than the files, and what is too much is held', () => {
  const [large, name] = [`${'a'.repeat(900_000)} a b`, Array.from({ length: 120 }, (_, index) => 'ab'[index % 2]).join('.')];
  const paths = Array.from({ length: 19 }, (_, index) => `${index}.ts`);
  const { told } = judged({ world: { unlisted: { ...carried, ...Object.fromEntries(paths.map((path) => [path, large])) } }, document: { references: { symbols: paths.flatMap((path) => Array.from({ length: 20 }, (_, index) => `${path}#${name}${'.'.repeat(index)}`)) } } });
  assert.deepEqual(told, beyond(20));
});

test('a file of the change is named without being read', () => {
  const files = Array.from({ length: limits.referencedFiles + 1 }, (_, index) => ({ path: `src/${index}.ts`, head: 'x' }));
  const { told } = judged({ files, world: { unlisted: carried, unavailable: (request) => request.kind === 'blob' && request.size === 1 }, document: { references: { files: files.map(({ path }) => path) } } });
  assert.deepEqual(told, []);
});

suite('claims about what exists', () => {
  const checksOf = (input: AgentsChange): readonly string[] => judgeAgentsChange(input).verification?.claims.flatMap(({ checks }) => checks.filter(({ code }) => /PATH|SYMBOL|PACKAGE/.test(code)).map(({ code, status }) => `${code} ${status}`)) ?? [];
  const claiming = (kind: string, more: object = {}): Pick<AgentsChange, 'document'> => ({ document: { claims: [aClaim({ kind, citations: [], ...more })] } });

  test('of kind file hold where the change has the path, and fail where it has not', () => {
    assert.deepEqual(checksOf(claiming('file')), ['PATH_EXISTS passed']);
    assert.deepEqual(checksOf(claiming('file', { changes: [{ path: 'src/none.ts' }] })), ['PATH_EXISTS failed']);
  });

  test('of kind file hold of a file that the change leaves as it is, and wait while that can not be read', () => {
    const about = (path: string, world: World): AgentsChange => ({ ...claiming('file', { changes: [{ path }] }), world });
    const unlisted = { 'src/tax.ts': 'export class Tax {}' };
    assert.deepEqual(checksOf(about('src/tax.ts', { unlisted })), ['PATH_EXISTS passed']);
    assert.deepEqual(checksOf(about('src/tax.ts', { unlisted, unavailable: ({ kind }) => kind === 'file-at' })), ['PATH_EXISTS unavailable']);
    const many = Array.from({ length: limits.referencedFiles + 1 }, (_, index) => ({ path: `docs/${index}.md` }));
    const { verdict, verification } = judgeAgentsChange({ ...claiming('file', { changes: many }), world: { unlisted: Object.fromEntries(many.map(({ path }) => [path, 'x'])) } });
    assert.deepEqual([verdict, verification?.claims.map((one) => [one.verdict, one.checks.at(-1)?.status])], ['hold', [['unverifiable', 'notice']]]);
  });

  test('of kind symbol hold where all that their modules import is there', () => {
    assert.deepEqual(checksOf(claiming('symbol')), ['SYMBOL_EXISTS passed']);
    assert.deepEqual(checksOf({ ...claiming('symbol'), world: { imports: () => looked({ broken: [symbol] }) } }), ['SYMBOL_EXISTS failed']);
    assert.deepEqual(checksOf({ ...claiming('symbol'), world: { unavailable: ({ kind }) => kind === 'imports' } }), ['SYMBOL_EXISTS unavailable']);
  });

  test('of kind dependency hold where the packages exist that their files add', () => {
    const files = [{ path: 'package.json', head: '{"dependencies":{"a":"1"}}' }];
    const claim = claiming('dependency', { changes: [{ path: 'package.json' }] });
    assert.deepEqual(checksOf({ ...claim, files, world: { packages: () => ({ kind: 'exists' }) } }), ['PACKAGE_EXISTS passed']);
    assert.deepEqual(checksOf({ ...claim, files }), ['PACKAGE_EXISTS failed']);
    assert.deepEqual(checksOf({ ...claim, files, world: { unavailable: ({ kind }) => kind === 'package' } }), ['PACKAGE_EXISTS unavailable']);
  });

  test('that no other attempt can tell hold, and are never a wall: a private name, and imports beyond the limits', () => {
    const files = [{ path: 'package.json', head: '{"dependencies":{"@acme/a":"1"}}' }];
    const declared = { references: { dependencies: ['pkg:npm/%40acme/a@1'] } };
    const privately: AgentsChange = { document: { ...claiming('dependency', { changes: [{ path: 'package.json' }] }).document, ...declared }, files, registries: { npm: { names: ['@acme/*'] } } };
    const beyond: AgentsChange = { ...claiming('symbol'), world: { imports: () => ({ kind: 'undecided', why: 'more than 3000 modules take part', own: [] }) } };
    for (const input of [privately, beyond]) {
      const { verdict, findings, verification } = judgeAgentsChange(input);
      assert.deepEqual([verdict, findings.some(({ code, severity }) => code === 'hallucination/not_checkable' && severity === 'hold'), verification?.claims.map((one) => one.verdict), verification?.verified_by_rag], ['hold', true, ['unverifiable'], false]);
    }
  });
});

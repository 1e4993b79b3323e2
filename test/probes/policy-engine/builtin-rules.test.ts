import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { policiesFolder } from '../../../deploy/builtin-policies.ts';
import { pinnedOpa } from '../../../deploy/policy-capabilities.ts';
import { findingRules, isFindingCode, ruleOf } from '../../../src/domain/finding-code.ts';
import { readPolicyReport } from '../../../src/domain/policy/policy-report.ts';
import { findingTitles } from '../../../src/render/finding-title.ts';
import { aPolicyAction, aPolicyInput } from '../../builders/a-policy-input.ts';
import { anEngine } from './an-engine.ts';

const root = join(policiesFolder, '..');
const folders = ['defaults', 'lib', 'main', 'meta', 'rules'];
/** The pinned one, and the one that somebody names, to try a newer one. */
const { OPA_PATH: named = '' } = process.env;
const programs: readonly string[] = [pinnedOpa(), ...(named === '' ? [] : [named])];
const limited = ['--v1-compatible', '--capabilities', 'capabilities.json'];
const beside = ['--ignore', 'builtin.json', '--ignore', 'capabilities.json'];

function opa(program: string, words: readonly string[], input?: unknown): string {
  return execFileSync(program, words, { cwd: policiesFolder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...(input === undefined ? {} : { input: JSON.stringify(input) }) });
}

test('our Rego is formatted', () => assert.equal(opa(pinnedOpa(), ['fmt', '--diff', ...folders]), ''));

for (const [index, program] of programs.entries()) {
  test(`our Rego is strict, and its tests pass and leave nothing untried, with ${index === 0 ? 'the pinned OPA' : 'the OPA that is named'}`, () => {
    opa(program, ['check', '--strict', ...limited, ...folders.filter((folder) => folder !== 'defaults')]);
    const { coverage, files } = JSON.parse(opa(program, ['test', ...limited, ...beside, '--coverage', '--format', 'json', '.']));
    assert.deepEqual([coverage, Object.keys(files).filter((file) => file.startsWith('rules/')).length], [100, 2 * globSync('rules/*/*/', { cwd: policiesFolder }).length]);
  });
}

test('the folder is a bundle that OPA takes, with the answers that the shipped module gives', async () => {
  const { engine } = anEngine();
  const input = aPolicyInput({ actions: [aPolicyAction({ tier: 3 }), aPolicyAction({ name: 'b', tier: 4 })] });
  const [reading] = await engine.evaluate(await engine.builtin(), [{ input, subjects: input.actions.map(({ name }) => name) }]);
  const native = JSON.parse(opa(pinnedOpa(), ['eval', '--v1-compatible', '--bundle', '.', '--format', 'json', '--stdin-input', 'data.main.report'], input)).result[0].expressions[0].value;
  assert.equal(reading?.kind, 'report');
  assert.deepEqual(reading, readPolicyReport(native, { inputVersion: 1, rules: (await engine.builtin()).rules, subjects: [] }));
});

/** What the policies about the policies look at: each rule as it is parsed, and what is known of it elsewhere. */
function metaInput(): Readonly<Record<string, unknown>> {
  const paths = globSync('{lib,rules}/**/*.rego', { cwd: policiesFolder });
  const modules = Object.fromEntries(paths.map((path) => [path, JSON.parse(opa(pinnedOpa(), ['parse', '--v1-compatible', '--format', 'json', '--json-include=-comments', path]))]));
  const inspected: { readonly annotations: readonly { readonly path: readonly { readonly value: string }[]; readonly annotations: unknown }[] } = JSON.parse(opa(pinnedOpa(), ['inspect', '--annotations', '--v1-compatible', '--format', 'json', 'rules']));
  const about = Object.fromEntries(inspected.annotations.map(({ path, annotations }) => [path.slice(-2).map(({ value }) => value).join('/'), annotations]));
  const codes = Object.fromEntries(Object.keys(findingRules).filter(isFindingCode).map((code) => [code, [ruleOf(code).severity, findingTitles[code]]]));
  return { modules, about, codes, pages: Object.keys(codes).map((code) => `docs/findings/${code}.md`).filter((page) => existsSync(join(root, page))) };
}

const denied = (input: unknown): unknown => JSON.parse(opa(pinnedOpa(), ['eval', '--v1-compatible', '--format', 'json', '--data', 'meta', '--stdin-input', 'data.meta.deny'], input)).result[0].expressions[0].value;

test('the policies about the policies have nothing against the built-in rules, and would have', () => {
  const input = metaInput();
  assert.deepEqual(denied(input), []);
  assert.ok(Array.isArray(denied({ ...input, codes: {} })));
  assert.notDeepEqual(denied({ ...input, codes: {} }), []);
});

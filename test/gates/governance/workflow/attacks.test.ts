import assert from 'node:assert/strict';
import { test } from 'node:test';
import { workflowDeriver } from '../../../../src/gates/governance/workflow/workflow-deriver.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';
import { workedWithin } from '../worked-within.ts';

const path = '.github/workflows/ci.yml';
const anything = [`workflow.change 3 ${path}`, `workflow.permission_widen 4 ${path}`, `workflow.trigger_untrusted 4 ${path}`];

function withinSeconds(base: string, head: string): readonly string[] {
  return actionsOf(workedWithin(() => deriveWith(workflowDeriver, { files: [{ path, base, head }] })));
}

const isLong = process.env['PLUMBLINE_LONG'] === '1';
/** A tenth shows as well that the work does not grow with the square of it. */
const [jobs, scriptLength, expressions] = isLong ? [5_000, 250_000, 40_000] : [500, 25_000, 4_000];

function manyJobs(count: number, line: string): string {
  return `on: pull_request_target\nenv:\n${Array.from({ length: 500 }, (_, index) => `  E${index}: \${{ secrets.S${index} }}\n`).join('')}permissions: {}\njobs:\n${Array.from({ length: count }, (_, index) => `  job${index}: {runs-on: x, ${line}}\n`).join('')}`;
}

test(`an attack by ${jobs} jobs is judged in time`, () => {
  assert.deepEqual(withinSeconds(manyJobs(jobs, 'permissions: {}'), manyJobs(jobs, 'permissions: {contents: write}')), anything.slice(0, 2));
});

test(`an attack by ${jobs} jobs of other names is judged in time`, () => {
  const renamed = manyJobs(jobs, 'permissions: {contents: write}').replaceAll('job', 'other');
  assert.deepEqual(withinSeconds(manyJobs(jobs, 'permissions: {contents: write}'), renamed), anything.slice(0, 1));
});

test('an attack by aliases that repeat each other is refused in time', () => {
  const bomb = `on: push\npermissions: {}\na0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 20 }, (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 9 }, () => `*a${index}`).join(', ')}]\n`).join('')}`;
  assert.deepEqual(withinSeconds('on: push\n', bomb), anything);
});

test('an attack by an alias of a text of half a mebibyte is refused in time', () => {
  const script = `on: push\npermissions: {}\ntext: &text "${'${{ '.repeat(100_000)}"\nlist: [${'*text, '.repeat(5_000)}x]\n`;
  assert.deepEqual(withinSeconds('on: push\n', script), anything);
});

test('an attack by an alias within its own anchor is refused', () => {
  assert.deepEqual(withinSeconds('on: push\n', 'on: push\njobs: &a {b: *a}\n'), anything);
});

test('an attack by nesting is refused in time', () => {
  assert.deepEqual(withinSeconds('on: push\n', `on: push\njobs: ${'['.repeat(100_000)}`), anything);
});

test(`an attack by ${expressions} unended expressions is judged in time`, () => {
  const head = `on: pull_request_target\npermissions: {}\njobs: {a: {steps: [{run: "${'${{ secrets '.repeat(expressions)}"}, {run: "${'git pull/x '.repeat(expressions)}"}]}}\n`;
  assert.deepEqual(withinSeconds('on: pull_request_target\npermissions: {}\n', head), anything);
});

for (const piece of ['${{ github.event.', '${{ a }}', "['", 'github.', '${', '$(', 'pull/', 'gh pr ', 'tarball', 'refs/pull', '\\\\ ', 'github.event.a.']) {
  test(`an attack by ${scriptLength} characters of ${JSON.stringify(piece)} in scripts and inputs is judged in time`, () => {
    const text = JSON.stringify(piece.repeat(Math.floor(scriptLength / piece.length)));
    withinSeconds('on: pull_request_target\npermissions: {}\n', `on: pull_request_target\npermissions: {}\nenv: {A: ${text}}\njobs: {a: {steps: [{run: ${text}}, {uses: x/y@v1, with: {script: ${text}, ref: ${text}}}]}}\n`);
  });
}

test('an attack by the keys of a prototype changes nothing', () => {
  const head = 'on: push\npermissions: {}\njobs: {__proto__: {permissions: write-all}, constructor: {}, toString: 1}\n';
  assert.deepEqual(withinSeconds('on: push\npermissions: {}\njobs: {}\n', head), anything.slice(0, 2));
  assert.equal(Object.hasOwn(Object.prototype, 'permissions'), false);
});

test('an attack by a file over the limit may be anything', () => {
  assert.deepEqual(withinSeconds('on: push\n', `on: push\n#${' '.repeat(1024 * 1024)}`), anything);
});

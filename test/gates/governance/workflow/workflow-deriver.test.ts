import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOfAction } from '../../../../src/domain/action/action.ts';
import { workflowDeriver } from '../../../../src/gates/governance/workflow/workflow-deriver.ts';
import type { FileInput } from '../../../builders/a-file.ts';
import { aSide } from '../../../builders/content.ts';
import type { World } from '../../../builders/evidence-of.ts';
import { actionsOf, deriveWith } from '../derive-with.ts';
import { allowedPairs, blockedPairs } from '../fixtures/workflow-pairs.ts';

const path = '.github/workflows/ci.yml';
const names = { widen: `workflow.permission_widen 4 ${path}`, untrusted: `workflow.trigger_untrusted 4 ${path}` };
const reads = 'on: push\npermissions: {}\njobs: {a: {runs-on: x, steps: []}}\n';
const writes = reads.replace('{}', 'write-all');

function derive(files: readonly Partial<FileInput>[], world: World = {}) {
  return deriveWith(workflowDeriver, { files: files.map((file) => ({ path, ...file })), world });
}

for (const { title, base, head, gains } of [...allowedPairs, ...blockedPairs]) {
  test(`a workflow with ${title} ${gains.length === 0 ? 'gains nothing' : `is of tier 4: ${gains.join(', ')}`}`, () => {
    assert.deepEqual(actionsOf(derive([{ base, head }])), [`workflow.change 3 ${path}`, ...gains.map((gain) => names[gain])]);
  });
}

test('every gain has the finding of its own, a remedy, and the place to look at', () => {
  const [, widen] = derive([{ base: reads, head: writes.replace('on: push\n', 'on: push\n\n') }]).actions;
  assert.deepEqual([widen?.finding, widen?.place, widen?.paths], ['governance/workflow_unsafe', { path, line: 4, column: 8 }, [path]]);
  assert.deepEqual([widen?.why, widen?.evidence], ['The job "a" gains "write-all".', { jobs: 1, widened: [{ job: 'a', gains: ['write-all'] }] }]);
  assert.match(widen?.remedy ?? '', /permissions/);
});

test('a text of strangers in a script is told as such, and a secret for others where it stands', () => {
  const started = reads.replace('push', 'issue_comment');
  const [, injected] = derive([{ base: started, head: started.replace('[]', '[{run: "${{ github.event.comment.body }}"}]') }]).actions;
  assert.equal(injected?.why, 'Started by strangers, the job "a" newly writes "${{ github.event.comment.body }}" into what it runs: whoever starts it chooses that text.');
  assert.match(injected.remedy ?? '', /variable of its environment/);
  const [, given] = derive([{ base: reads, head: reads.replace('jobs: {a: {runs-on: x, steps: []}}', 'jobs:\n  a:\n    uses: evil/x/.github/workflows/x.yml@main\n    secrets: {A: "${{ secrets.KEY }}"}') }]).actions;
  assert.deepEqual([given?.why, given === undefined ? null : placeOfAction(given)?.line], ['The job "a" gains "secret KEY for evil/x/.github/workflows/x.yml".', 6]);
  assert.match(given?.remedy ?? '', /one by one/);
});

test('composite actions, CODEOWNERS and what lies beside workflows are a change of tier 3, deleted ones too', () => {
  const paths = ['.github/actions/x/action.yml', 'action.yaml', 'CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.github/workflows/old/a.yml', '.github/workflows/run.sh', '.github/Workflows/a.yml'];
  const derived = derive(paths.map((one, index) => ({ path: one, base: `on: push # ${index}`, head: null })));
  assert.deepEqual(actionsOf(derived).toSorted(), paths.map((one) => `workflow.change 3 ${one}`).toSorted());
  assert.deepEqual(derived.actions.map(({ place }) => place), paths.map(() => null));
});

test('what only looks like one of them is no action', () => {
  assert.deepEqual(derive(['src/CODEOWNERS', '.github/workflows.yml', 'x/my-action.yml', 'src/action.ts', 'a/.github/workflows/ci.yml'].map((one) => ({ path: one, head: writes }))).actions, []);
});

test('a workflow below a folder that GitHub passes over gains nothing until it moves where it runs', () => {
  const beside = '.github/workflows/off/ci.yml';
  assert.deepEqual(actionsOf(derive([{ path: beside, head: writes }])), [`workflow.change 3 ${beside}`]);
  assert.ok(actionsOf(derive([{ path: beside, base: writes, head: null }, { head: writes }])).includes(names.widen));
});

test('a workflow that moves as it is gains nothing, and one that is copied does', () => {
  const to = '.github/workflows/new.yml';
  assert.deepEqual(actionsOf(derive([{ base: writes, head: null }, { path: to, head: writes }])), [`workflow.change 3 ${path}`, `workflow.change 3 ${to}`]);
  assert.ok(actionsOf(derive([{ path: to, head: writes }])).includes(`workflow.permission_widen 4 ${to}`));
});

test('a workflow that the base has come to by itself is no action', () => {
  assert.deepEqual(derive([{ mergeBase: reads, base: writes, head: writes }]).actions, []);
});

test('a workflow that is a link may do anything, and one whose content is not known passes no judgement', () => {
  assert.deepEqual(actionsOf(derive([{ base: reads, head: aSide('elsewhere', '120000') }])), [`workflow.change 3 ${path}`, names.widen, names.untrusted]);
  const { findings } = derive([{ base: reads, head: writes }], { unavailable: () => true });
  assert.deepEqual(findings.map(({ code, severity }) => `${code} ${severity}`), ['snapshot/unreadable unknown', 'snapshot/unreadable unknown']);
});

test('a workflow that could not be read at the base is judged as a new one', () => {
  assert.deepEqual(actionsOf(derive([{ base: '{', head: reads }])), [`workflow.change 3 ${path}`]);
  assert.deepEqual(actionsOf(derive([{ base: '{', head: writes }])), [`workflow.change 3 ${path}`, names.widen]);
});

test('actions that are newly named by a tag are told once each with their place, and decide nothing', () => {
  const sha = 'a'.repeat(40);
  const head = `${reads.replace('steps: []', 'steps: [{uses: old/one@v1}, {uses: other/two@v2}, {uses: other/two@v2}, {uses: actions/checkout@v4}, {uses: Acme/own@main}, {uses: ./local}]')}  b:\n    uses: third/flow/.github/workflows/x.yml@main\n  c: {steps: [{uses: pinned/one@${sha}}, {uses: 'docker://image:1'}, {uses: 'docker://image@sha256:${'b'.repeat(64)}'}, {uses: short/one@abcdef1}]}\n`.replace('jobs: {a: ', 'jobs:\n  a: ').replace('}}\n  b', '}\n  b');
  const { findings } = derive([{ base: reads.replace('steps: []', 'steps: [{uses: old/one@v1}]'), head }]);
  assert.deepEqual(findings.map(({ code, severity, found, line }) => [code, severity, found, line]), [
    ['governance/action_unpinned', 'notice', 'other/two@v2', 4],
    ['governance/action_unpinned', 'notice', 'third/flow/.github/workflows/x.yml@main', 6],
    ['governance/action_unpinned', 'notice', 'docker://image:1', 7],
    ['governance/action_unpinned', 'notice', 'short/one@abcdef1', 7],
  ]);
});

test('steps of a composite action are looked at as those of a workflow', () => {
  const { findings } = derive([{ path: 'action.yml', head: 'runs:\n  using: composite\n  steps:\n    - uses: some/body@v1\n' }]);
  assert.deepEqual(findings.map(({ path: at, line, column }) => [at, line, column]), [['action.yml', 4, 7]]);
});

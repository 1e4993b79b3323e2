import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { Ajv } from 'ajv';
import schema from '../../../schemas/playbook.schema.json' with { type: 'json' };
import { readDocument } from '../../../src/domain/document/read-document.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { builtinPlaybooks } from '../../../src/domain/playbook/builtin-playbooks.ts';
import { mayMergeByItself } from '../../../src/domain/playbook/playbook.ts';
import { readPlaybook } from '../../../src/domain/playbook/read-playbook.ts';
import { playbookFrom, shippedPlaybooks } from '../../builders/a-playbook-repository.ts';

const aPlaybook = (changes: JsonObject = {}): JsonObject => ({
  kind: 'Playbook', id: 'mine', version: '1.0.0', title: 'Mine', description: 'Writes a file.', category: 'files', tier: 2,
  trigger: { classes: ['file/changed'] }, steps: [{ type: 'write-file', path: 'a.txt', text: 'b' }], bounds: { maxFiles: 1, maxRepositories: 1 },
  verification: { probe: 'behavior', window: '1h' }, rollback: 'revert', docs: 'docs/mine.md', ...changes,
});

function messagesOf(value: JsonObject | string): readonly string[] {
  const reading = readDocument(new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)), 'yaml');
  if (reading.kind === 'problem') return [reading.problem.message];
  const read = readPlaybook(reading.document);
  return read.kind === 'invalid' ? read.problems.map(({ message }) => message) : [];
}

const withStep = (step: JsonObject): JsonObject => aPlaybook({ steps: [step] });

test('the schema of playbooks is a schema of its dialect, and describes every key', () => {
  assert.equal(new Ajv().validateSchema(schema), true);
  assert.deepEqual(Object.entries(schema.properties).filter(([, property]) => property.description.length < 10), []);
});

test('the list of built-in playbooks is that of the folder', () => {
  assert.deepEqual([...shippedPlaybooks().keys()].toSorted(), [...builtinPlaybooks]);
});

test('readPlaybook() reads a whole playbook', () => {
  const { steps, tests, ...rest } = playbookFrom(JSON.stringify(aPlaybook({
    trigger: { codes: ['contract/halted'], classes: ['*'] }, preconditions: [{ type: 'contract-lifecycle', path: 'c.yaml', in: ['active'] }],
    bounds: { maxFiles: 3, maxRepositories: 4, pauseWindows: [{ from: '2026-12-24T00:00Z', to: '2027-01-02T00:00Z' }, { start: '0 18 * * 5', duration: '60h' }] }, tier: 3, rollback: { none: 'It can not.' },
  })));
  assert.deepEqual(rest, {
    id: 'mine', version: '1.0.0', title: 'Mine', description: 'Writes a file.', category: 'files', tier: 3, docs: 'docs/mine.md',
    trigger: { codes: ['contract/halted'], classes: ['*'] },
    preconditions: [{ kind: 'contract-lifecycle', path: 'c.yaml', in: ['active'] }],
    bounds: { maxFiles: 3, maxRepositories: 4, pauseWindows: [{ kind: 'between', from: '2026-12-24T00:00Z', to: '2027-01-02T00:00Z' }, { kind: 'recurring', start: '0 18 * * 5', duration: 216_000_000 }] },
    verification: { probe: 'behavior', window: 3_600_000 },
    rollback: { kind: 'none', reason: 'It can not.' },
  });
  assert.deepEqual([steps, tests], [[{ kind: 'write-file', path: 'a.txt', content: { kind: 'text', text: 'b' } }], []]);
});

describe('readPlaybook() refuses', () => {
  const refusals: readonly (readonly [string, JsonObject, string])[] = [
    ['a playbook without a rollback', aPlaybook({ rollback: null }), 'Cannot use `rollback`: found null, expected string or object.'],
    ['a rollback of none without a reason', aPlaybook({ tier: 3, rollback: { none: '' } }), 'Cannot use `rollback.none`: found "", expected no fewer than 1 characters.'],
    ['a rollback of none below tier 3', aPlaybook({ rollback: { none: 'It can not.' } }), 'Cannot use `tier`: found 2 with a rollback of `none`, expected 3, where nothing undoes it.'],
    ['a moved baseline below tier 3', withStep({ type: 'update-baseline' }), 'Cannot use `tier`: found 2 with a step that moves a baseline, expected 3, where what is agreed changes.'],
    ['tier 4', aPlaybook({ tier: 4 }), 'Cannot use `tier`: found 4, expected at most 3.'],
    ['bounds without a number of files', aPlaybook({ bounds: { maxRepositories: 1 } }), 'Cannot use `bounds`: found an object, expected the key `maxFiles`.'],
    ['no file at all for steps that write', aPlaybook({ bounds: { maxFiles: 0, maxRepositories: 1 } }), 'Cannot use `bounds.maxFiles`: found 0 with steps that write files, expected at least 1.'],
    ['an unknown step', withStep({ type: 'write-fil' }), 'Cannot use `steps.0.type`: found "write-fil", expected `write-file`.'],
    ['a shell step', withStep({ type: 'shell', run: 'rm -rf /' }), 'Cannot use `steps.0.type`: found "shell", expected a known one.'],
    ['a key that a step does not have', withStep({ type: 'write-file', text: 'a', run: 'b' }), 'Cannot use the key "run" in `steps.0`: it is not known.'],
    ['a file with a text and without entries', withStep({ type: 'write-file', text: 'a', without: 'ended-waivers' }), 'Cannot use `steps.0.without`: found `text` and `without`, expected one of them.'],
    ['a code that no finding has', aPlaybook({ trigger: { codes: ['contract/halte'] } }), 'Cannot use `trigger.codes.0`: found "contract/halte", expected `contract/halted`.'],
    ['a lifecycle that there is not', withStep({ type: 'set-contract-field', field: 'lifecycle', value: 'ended' }), 'Cannot use `steps.0.value`: found "ended", expected one of draft, active, deprecated, retired.'],
    ['a lifted budget', withStep({ type: 'set-contract-field', field: 'emergencyFlags.budgetOverride', value: true }), 'Cannot use `steps.0.value`: found true, expected false: a playbook lifts no budget.'],
    ['a key that changes without another version', withStep({ type: 'set-contract-field', field: 'kmsKeyRef' }), 'Cannot use `steps.0.field`: found "kmsKeyRef" without another version, expected a step `bump-contract` behind it.'],
    ['an issue in what an issue shows', withStep({ type: 'open-issue', title: 'a', text: 'b', shows: [{ type: 'notify', to: 'owner', text: 'c' }] }), 'Cannot use `steps.0.shows.0.type`: found "notify" in what an issue shows, expected a step that changes files.'],
    ['a window that ends before it begins', aPlaybook({ bounds: { maxFiles: 1, maxRepositories: 1, pauseWindows: [{ from: '2027-01-02T00:00Z', to: '2027-01-01T00:00Z' }] } }), 'Cannot use `bounds.pauseWindows.0`: found "2027-01-02T00:00Z" to "2027-01-01T00:00Z", expected two instants, the earlier one as `from`.'],
  ];
  for (const [what, value, message] of refusals) it(what, () => assert.deepEqual(messagesOf(value), [message]));

  it('two issues', () => {
    const issue: JsonValue = { type: 'open-issue', title: 'a', text: 'b' };
    assert.deepEqual(messagesOf(aPlaybook({ steps: [issue, issue] })), ['Cannot use `steps.1`: found a second issue, expected one step `open-issue`.']);
  });
});

describe('attacks on the reader of playbooks', () => {
  const paths = ['/etc/passwd', '../up.txt', 'a/../../b', 'a//b', './a', 'a\\b', 'C:/a', 'a\u0000b'];
  for (const path of paths) it(`the path ${JSON.stringify(path)} is refused by its form`, () => assert.equal(messagesOf(withStep({ type: 'write-file', path, text: 'x' })).length, 1));

  const git = ['.git/config', 'a/.GIT/hooks/pre-commit', '.git./config', 'git~1/config', '.g\u200Bit/config'];
  for (const path of git) it(`the path ${JSON.stringify(path)} in git's own folder is refused`, () => assert.match(messagesOf(withStep({ type: 'write-file', path, text: 'x' }))[0] ?? '', /in the folder of git itself/));

  it('a workflow is refused where it is written, not where it is shown', () => {
    const step: JsonObject = { type: 'write-file', path: '.github/Workflows/ci.yml', text: 'on: push' };
    assert.match(messagesOf(withStep(step))[0] ?? '', /no permission to write/);
    assert.deepEqual(messagesOf(withStep({ type: 'open-issue', title: 'a', text: 'b', shows: [step] })), []);
  });

  it('a member __proto__ is an unknown key, and changes no prototype', () => {
    assert.match(messagesOf(JSON.stringify(aPlaybook()).replace('{', '{"__proto__": {"tier": 1}, '))[0] ?? '', /"__proto__".*not known/);
    assert.match(messagesOf('kind: Playbook\n__proto__: {rollback: revert}\n').join('\n'), /"__proto__".*not known/);
    assert.equal(Object.hasOwn(Object.prototype, 'tier'), false);
  });

  it('anchors and aliases are refused before anything is expanded', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 20 }, (_, index) => `b${index}: &b${index} [*a, *a]`).join('\n')}\n`;
    assert.match(messagesOf(bomb)[0] ?? '', /anchor|alias/);
  });

  it('what is no object, or nothing, is refused', () => {
    for (const text of ['[]', '1', '"Playbook"', 'null']) assert.equal(messagesOf(text).length > 0, true, text);
  });
});

test('only what can be undone, changes a file and is of tier 1 or 2 may merge by itself', () => {
  const may = [...shippedPlaybooks().values()].filter((playbook) => mayMergeByItself(playbook)).map(({ id }) => id);
  assert.deepEqual(may, ['expire-waiver', 'halt-contract', 'pin-dependency', 'remove-phantom-dependency', 'repair-previous-ref', 'restore-contract', 'restore-managed-file']);
});

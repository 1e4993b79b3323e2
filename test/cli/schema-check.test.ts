import assert from 'node:assert/strict';
import { symlinkSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../builders/a-repository.ts';
import type { TestRepository } from '../builders/a-repository.ts';
import { contractText } from './contract-repository.ts';
import { runPlumbline } from './run-plumbline.ts';
import type { CommandResult } from './run-plumbline.ts';

const path = 'schemas/order.schema.json';

const configuration = (compatibility = 'backward', more = '') => `version: 1
contracts:
  - {name: workspace, paths: ["contracts/**/*.yaml"], schema: "builtin:workspace-contract/v2", signatures: optional}
schemas:
  - {paths: ["schemas/**/*.{json,yaml}"], compatibility: ${compatibility}${more}}
governance:
  approvals: {tier3: {count: 2, from: ["user:ada", "user:bob"]}}
`;

interface Shape {
  readonly required?: readonly string[];
  readonly total?: string;
  readonly id?: string;
  readonly dialect?: string;
}

function order({ required = ['id'], total = 'number', id = 'https://example.com/order', dialect = 'https://json-schema.org/draft/2020-12/schema' }: Shape = {}): string {
  return `${JSON.stringify({ $schema: dialect, $id: id, type: 'object', properties: { id: { type: 'string' }, total: { type: total } }, required }, null, 2)}\n`;
}

/** A governed repository with one schema on main, and a branch `topic` checked out. */
function aSchemaRepository(context: TestContext, compatibility?: string, more?: string): TestRepository {
  const made = aRepository(context);
  made.commit({ '.github/plumbline.yml': configuration(compatibility, more), [path]: order(), 'contracts/checkout.yaml': contractText() });
  made.git('checkout', '-q', '-b', 'topic');
  return made;
}

/** Onto main, as a merge would, and a new topic. */
function merge(made: TestRepository, files: Readonly<Record<string, string>>): void {
  made.git('checkout', '-q', 'main');
  made.commit(files);
  made.git('checkout', '-q', '-B', 'topic');
}

function move(made: TestRepository, from: string, to: string, text: string): void {
  made.git('rm', '-q', from);
  made.commit({ [to]: text });
}

async function check(made: TestRepository, ...options: readonly string[]): Promise<readonly [code: number | null, codes: readonly string[]]> {
  const result = await runPlumbline(made.directory, ['schema', 'check', '--format', 'json', ...options]);
  return [result.code, codesOf(result)];
}

function codesOf({ stdout }: CommandResult): readonly string[] {
  const verdicts: { findings: { code: string; severity: string }[] }[] = JSON.parse(stdout).verdicts;
  return verdicts.flatMap(({ findings }) => findings.filter((one) => one.severity !== 'notice').map(({ code }) => code));
}

const draft04 = 'http://json-schema.org/draft-04/schema#';

function draft04Order(description: string, minimum: number): string {
  return JSON.stringify({ $schema: draft04, id: 'https://example.com/order', description, type: 'object', properties: { total: { minimum, exclusiveMinimum: true } } });
}

describe('a governed schema of draft-04', () => {
  test('may change as long as it stays compatible, and a break is held', async (t) => {
    const made = aSchemaRepository(t);
    merge(made, { [path]: draft04Order('An order.', 1) });
    made.commit({ [path]: draft04Order('An order of a customer.', 1) });
    for (const words of [['check'], ['schema', 'check']]) assert.equal((await runPlumbline(made.directory, words)).code, 0);
    made.commit({ [path]: draft04Order('An order.', 0) });
    assert.deepEqual(await check(made), [0, []]);
    made.commit({ [path]: draft04Order('An order.', 2) });
    assert.deepEqual(await check(made), [2, ['schema/incompatible']]);
    assert.equal((await runPlumbline(made.directory, ['check'])).code, 2);
  });

  test('is denied when it does not compile', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: draft04Order('An order.', 1).replace('"minimum":1', '"minimum":"1"') });
    assert.deepEqual(await check(made), [1, ['schema/invalid']]);
  });

  test('judges contracts like any other', async (t) => {
    const made = aSchemaRepository(t);
    const governed = configuration().replace('builtin:workspace-contract/v2', path);
    const rules = JSON.stringify({ $schema: draft04, properties: { spec: { properties: { limit: { minimum: 1, exclusiveMinimum: true, 'x-plumbline-change': 'additive' } } } } });
    merge(made, { '.github/plumbline.yml': governed, [path]: rules });
    const first = (limit: number): string => contractText({ id: 'first', spec: `{limit: ${limit}}` });
    made.commit({ 'contracts/first.yaml': first(1) });
    const refused = await runPlumbline(made.directory, ['check', '--format', 'json']);
    assert.deepEqual([refused.code, codesOf(refused)], [1, ['contract/schema_invalid']]);
    made.commit({ 'contracts/first.yaml': first(2) });
    assert.equal((await runPlumbline(made.directory, ['check'])).code, 0);
  });
});

describe('plumbline schema check', () => {
  test('exits 0 for a compatible change', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: [] }) });
    assert.deepEqual(await check(made), [0, []]);
  });

  test('exits 2 for a breaking change, and shows the place and a witness', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: ['id', 'total'] }) });
    const { code, stdout } = await runPlumbline(made.directory, ['schema', 'check']);
    assert.equal(code, 2);
    assert.match(stdout, /schema\/incompatible {2}schemas\/order\.schema\.json:\d+:\d+/);
    assert.match(stdout, /required_added/);
    assert.match(stdout, /Witness: \{"id":"[^"]*"\} is accepted by the base and refused by this one/);
  });

  test('exits 1 for a schema that does not compile, and compares nothing', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: '{"type": "nothing"}\n' });
    assert.deepEqual(await check(made), [1, ['schema/invalid']]);
  });

  test('exits 2 where nothing can be proven', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ dialect: 'http://json-schema.org/draft-07/schema#' }).replace('"type": "object"', '"if": {"required": ["total"]}, "then": {"not": {"required": ["id"]}}') });
    const [code, codes] = await check(made);
    assert.equal(code, 2);
    assert.ok(codes.every((one) => one === 'schema/undecided' || one === 'schema/incompatible') && codes.length > 0, codes.join());
  });

  test('exits 0 with the approvals of tier 3, and 2 with too few or those of the author', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: ['id', 'total'] }) });
    const context = (author: string, logins: readonly string[]) => {
      const file = join(made.directory, '..', `context-${author}-${logins.length}-${process.pid}.json`);
      const approvals = logins.map((login) => ({ login, kind: 'human', scope: 'schema/incompatible', at: '2026-11-20T12:00:00Z' }));
      writeFileSync(file, JSON.stringify({ author: { login: author, kind: 'human' }, teams: {}, approvals, fork: false, now: '2026-11-20T13:00:00Z' }));
      t.after(() => rmSync(file));
      return ['--context', file];
    };
    const codes = [];
    for (const [author, logins] of [['eve', ['ada', 'bob']], ['eve', ['ada']], ['ada', ['ada', 'bob']]] as const) codes.push((await check(made, ...context(author, logins)))[0]);
    assert.deepEqual(codes, [0, 2, 2]);
  });

  test('judges schemas alone: a mutated contract beside them decides nothing, but plumbline check denies it', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: [] }), 'contracts/checkout.yaml': contractText({ spec: '{promise: another}' }) });
    assert.deepEqual(await check(made), [0, []]);
    assert.equal((await runPlumbline(made.directory, ['check'])).code, 1);
  });

  test('says so where no governed schema changed', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ 'README.md': 'x\n' });
    const { code, stdout } = await runPlumbline(made.directory, ['schema', 'check', '--format', 'json']);
    assert.equal(code, 0);
    assert.match(stdout, /no governed one changed/);
  });

  test('exits 64 for an option that it does not have', async (t) => {
    assert.equal((await runPlumbline(aSchemaRepository(t).directory, ['schema', 'check', '--gate', 'contracts'])).code, 64);
  });

  test('exits 3 in a shallow clone: versions may be missing', async (t) => {
    const made = aSchemaRepository(t, 'backward_transitive');
    made.commit({ [path]: order({ required: [] }) });
    made.git('clone', '-q', '--depth', '1', '--no-single-branch', `file://${made.directory}`, join(made.directory, 'clone'));
    const { code } = await runPlumbline(join(made.directory, 'clone'), ['schema', 'check', '--base', 'origin/main', '--head', 'origin/topic']);
    assert.equal(code, 3);
  });
});

describe('attacks on a local range', () => {
  test('a case-only rename with a change and a move out of the globs are held', async (t) => {
    const narrow = order({ required: ['id', 'total'] });
    const moves = [['schemas/Order.schema.json', narrow], ['docs/order.schema.json', order()]] as const;
    for (const [to, text] of moves) {
      const made = aSchemaRepository(t);
      move(made, path, to, text);
      const [code, codes] = await check(made);
      assert.deepEqual([code, codes.includes('schema/incompatible')], [2, true], to);
    }
  });

  test('a pure move passes, and the versions come along', async (t) => {
    const made = aSchemaRepository(t, 'backward_transitive');
    merge(made, { [path]: order({ required: [] }) });
    move(made, path, 'schemas/moved.schema.json', order({ required: [] }));
    assert.deepEqual(await check(made), [0, []]);
    made.git('checkout', '-q', 'main');
    made.git('merge', '-q', '--no-ff', '-m', 'move', 'topic');
    made.git('checkout', '-q', '-B', 'topic');
    made.commit({ 'schemas/moved.schema.json': order({ required: [], total: 'string' }) });
    const { code, stdout } = await runPlumbline(made.directory, ['schema', 'check']);
    assert.equal(code, 2);
    assert.match(stdout, /compatibility with the base, the version of [0-9a-f]{12} at/);
  });

  test('a symlink in place of the schema is denied', async (t) => {
    const made = aSchemaRepository(t);
    rmSync(join(made.directory, path));
    mkdirSync(join(made.directory, 'other'), { recursive: true });
    symlinkSync('../other/x.json', join(made.directory, path));
    made.commit({ 'other/x.json': order() });
    const [code, codes] = await check(made);
    assert.deepEqual([code, codes.includes('snapshot/not_a_file')], [1, true]);
  });

  test('revert chain: a break by direct push is held again, transitively, when it is made anew', async (t) => {
    const made = aSchemaRepository(t, 'backward_transitive');
    merge(made, { [path]: order({ required: ['id', 'total'] }) });
    merge(made, { [path]: order({ required: [] }) });
    made.commit({ [path]: order({ required: ['total'] }) });
    assert.deepEqual(await check(made), [2, ['schema/incompatible']]);
  });

  test('looser compatibility in the same change counts for nothing: the base judges', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: ['id', 'total'] }), '.github/plumbline.yml': configuration('none') });
    const [code, codes] = await check(made);
    assert.deepEqual([code, codes], [2, ['schema/incompatible']]);
  });

  test('another $id hides no break', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: ['id', 'total'], id: 'https://example.com/another' }) });
    const [code, codes] = await check(made);
    assert.ok(code === 2 && codes.every((one) => one === 'schema/incompatible' || one === 'schema/undecided'), codes.join());
  });

  test('another dialect hides no break', async (t) => {
    const made = aSchemaRepository(t);
    made.commit({ [path]: order({ required: ['id', 'total'], dialect: 'http://json-schema.org/draft-07/schema#' }) });
    assert.equal((await check(made))[0], 2);
  });

  test('a released file of a versioned layout stays, and the next version is compared with it', async (t) => {
    const made = aRepository(t);
    const [v1, v2] = ['schemas/order/v1.json', 'schemas/order/v2.json'];
    made.commit({ '.github/plumbline.yml': configuration('backward', ', layout: versioned'), [v1]: order() });
    made.git('checkout', '-q', '-b', 'topic');
    made.commit({ [v1]: order({ required: [] }) });
    assert.deepEqual(await check(made), [1, ['schema/immutable_changed']]);
    made.commit({ [v1]: order(), [v2]: order({ required: ['id', 'total'] }) });
    assert.deepEqual(await check(made), [2, ['schema/incompatible']]);
    made.commit({ [v2]: order({ required: [] }) });
    assert.deepEqual(await check(made), [0, []]);
  });
});

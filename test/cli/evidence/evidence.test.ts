import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import { aRepository } from '../../builders/a-repository.ts';
import type { TestRepository } from '../../builders/a-repository.ts';
import { anEvidenceDocument } from '../../builders/an-evidence-document.ts';
import { runPlumbline } from '../run-plumbline.ts';

const configured = { '.github/plumbline.yml': 'version: 1\nhallucination:\n  agents: [{login: "*[bot]"}]\n' };

/** A repository that asks agents for evidence, and a branch of one that changed a file. */
function anAgentsBranch(context: TestContext, files: Readonly<Record<string, string>> = configured): TestRepository {
  const repository = aRepository(context);
  repository.commit({ ...files, 'docs/cart.md': '# Cart\n\nThe cart adds up its items, with taxes.\n', 'src/cart.ts': 'export const total = 1;\n' });
  repository.git('checkout', '-q', '-b', 'agent/adds-up');
  repository.commit({ 'src/cart.ts': 'export const total = 2;\n' });
  return repository;
}

const file = '.plumbline/evidence/agent-adds-up.json';

function readIn({ directory }: TestRepository, path = file): JsonObject {
  const value: unknown = JSON.parse(readFileSync(join(directory, path), 'utf8'));
  assert.ok(typeof value === 'object' && value !== null && !Array.isArray(value));
  return { ...value };
}

const member = (value: JsonObject, name: string): JsonObject => {
  const inner = value[name];
  return isJsonObject(inner) ? inner : {};
};

async function codesOf({ directory }: TestRepository, ...words: string[]): Promise<{ readonly exit: number | null; readonly codes: readonly string[] }> {
  const { code, stdout } = await runPlumbline(directory, ['evidence', 'check', '--format', 'json', ...words]);
  return { exit: code, codes: [...stdout.matchAll(/"code": "([a-z]+\/[a-z_]+)"/g)].map(([, one = '']) => one) };
}

test('plumbline evidence init writes a document for the change that is no evidence before it is filled in', async (t) => {
  const repository = anAgentsBranch(t);
  const { code, stdout } = await runPlumbline(repository.directory, ['evidence', 'init', '--model', 'model-1']);
  assert.equal(code, 0);
  assert.match(stdout, /^Wrote \.plumbline\/evidence\/agent-adds-up\.json: it is bound to this change of 1 file/);
  assert.deepEqual(readIn(repository)['claims'], [{ id: 'c1', kind: 'behaviour', text: '', critical: true, changes: [{ path: 'src/cart.ts' }], citations: [{ id: 'q1', type: 'repo', path: '', start_line: 1, end_line: 1, quote: '', role: 'supports' }] }]);
  const { exit, codes } = await codesOf(repository, '--worktree');
  assert.deepEqual([exit, new Set(codes)], [1, new Set(['hallucination/evidence_invalid'])]);
});

test('plumbline evidence check leaves to the App what a check run says, tells so, and verifies nothing by it', async (t) => {
  const repository = anAgentsBranch(t);
  await runPlumbline(repository.directory, ['evidence', 'init']);
  const { subject = {} } = readIn(repository);
  const carried = { id: 'c1', kind: 'behaviour', text: 'The cart adds up its items', critical: true, changes: [{ path: 'src/cart.ts' }], citations: [{ id: 'q1', type: 'repo', path: 'docs/cart.md', start_line: 3, end_line: 3, quote: 'The cart adds up its items, with taxes.', role: 'supports' }] };
  const tested = { id: 'c2', kind: 'test_result', text: 'All tests pass', critical: false, citations: [{ id: 'q1', type: 'check_run', revision: '7', role: 'supports' }] };
  repository.commit({ [file]: JSON.stringify(anEvidenceDocument({ subject, claims: [carried, tested] })) });
  const { code, stdout } = await runPlumbline(repository.directory, ['evidence', 'check']);
  assert.match(stdout, /unverifiable +c2: All tests pass\n.*\n +next: let the App judge it/);
  assert.match(stdout, /GitHub tells what the check runs say that claims cite/);
  assert.equal(code, 0, stdout);
});

test('what plumbline evidence init tells to fill in is all that is to be filled in', async (t) => {
  const repository = anAgentsBranch(t);
  await runPlumbline(repository.directory, ['evidence', 'init']);
  const filled = { text: 'The cart adds up its items, with taxes', path: 'docs/cart.md', start_line: 3, end_line: 3, quote: 'The cart adds up its items, with taxes.' };
  const text = readFileSync(join(repository.directory, file), 'utf8').replaceAll(/"(text|path|start_line|end_line|quote)": (?:""|1)/g, (_, name: keyof typeof filled) => `"${name}": ${JSON.stringify(filled[name])}`);
  repository.commit({ [file]: text });
  assert.deepEqual(await codesOf(repository), { exit: 0, codes: [] });
});

test('what plumbline evidence init binds stays bound when the document is committed and the branch is updated, and no longer when the change is another', async (t) => {
  const repository = anAgentsBranch(t);
  await runPlumbline(repository.directory, ['evidence', 'init']);
  const { subject = {} } = readIn(repository);
  repository.commit({ [file]: JSON.stringify(anEvidenceDocument({ subject })) });
  assert.equal((await codesOf(repository)).codes.includes('hallucination/evidence_unbound'), false);
  repository.git('checkout', '-q', 'main');
  repository.commit({ 'docs/other.md': 'more\n' });
  repository.git('checkout', '-q', 'agent/adds-up');
  repository.git('merge', '-q', '--no-edit', 'main');
  assert.equal((await codesOf(repository)).codes.includes('hallucination/evidence_unbound'), false);
  repository.commit({ 'src/cart.ts': 'export const total = 3;\n' });
  assert.deepEqual(await codesOf(repository), { exit: 2, codes: ['hallucination/evidence_unbound'] });
});

test('plumbline evidence init over a document binds it anew, keeps its claims and adds what they are not about', async (t) => {
  const repository = anAgentsBranch(t);
  repository.write({ [file]: JSON.stringify(anEvidenceDocument()) });
  repository.commit({ 'src/tax.ts': 'export const tax = 1;\n' });
  const { stdout } = await runPlumbline(repository.directory, ['evidence', 'init', '--pull-request', '7']);
  assert.match(stdout, /^Bound \.plumbline\/evidence\/agent-adds-up\.json to the change as it is now/);
  const { claims, subject, id, ...document } = readIn(repository);
  assert.deepEqual([id, document['confidence']], ['b7f0c9f2', { score: 0.95, method: 'verbalized' }]);
  assert.ok(Array.isArray(claims));
  assert.deepEqual(claims.map((claim) => (isJsonObject(claim) ? [claim['id'], claim['text'], claim['changes']] : [])), [['c1', 'The cart adds up its items', [{ path: 'src/cart.ts' }]], ['c2', '', [{ path: 'src/tax.ts' }]]]);
  assert.equal(member({ subject: subject ?? null }, 'subject')['pull_request'], 7);
});

test('plumbline evidence init --output - writes the document alone, for the text of a pull request, where check finds it', async (t) => {
  const repository = anAgentsBranch(t);
  const { stdout } = await runPlumbline(repository.directory, ['evidence', 'init', '--output', '-']);
  const { subject = {} } = JSON.parse(stdout);
  const body = `It adds up.\n\n\`\`\`plumbline-evidence\n${JSON.stringify(anEvidenceDocument({ subject }))}\n\`\`\`\n`;
  const context = { author: { login: 'robot[bot]', kind: 'agent' }, teams: {}, approvals: [], fork: false, now: '2026-11-20T12:00:00Z', body };
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'context.json'), JSON.stringify(context));
  const { codes } = await codesOf(repository, '--context', join(folder, 'context.json'));
  assert.equal(codes.some((code) => code.startsWith('hallucination/evidence_')), false);
});

test('plumbline evidence check without evidence exits 2 and says what to type', async (t) => {
  const repository = anAgentsBranch(t);
  const { code, stdout } = await runPlumbline(repository.directory, ['evidence', 'check']);
  assert.equal(code, 2);
  assert.match(stdout, /hallucination\/evidence_missing[^]*next: Run `plumbline evidence init`/);
});

test('plumbline evidence init writes nothing where nothing asks for evidence, nothing changes or no glob fits', async (t) => {
  const ungoverned = anAgentsBranch(t, { '.github/plumbline.yml': 'version: 1\n' });
  const governed = anAgentsBranch(t);
  const results = [await runPlumbline(ungoverned.directory, ['evidence', 'init']), await runPlumbline(governed.directory, ['evidence', 'init', '--head', 'main']), await runPlumbline(governed.directory, ['evidence', 'init', '--output', 'evidence.json']), await runPlumbline(governed.directory, ['evidence', 'init', '--pull-request', '0'])];
  assert.deepEqual(results.map(({ code, stdout }) => [code, stdout]), [[64, ''], [64, ''], [64, ''], [64, '']]);
  assert.deepEqual([ungoverned, governed].map(({ directory }) => readdirSync(directory).includes('.plumbline')), [false, false]);
});

test('attack: plumbline evidence init follows no link out of the repository', async (t) => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  t.after(() => rmSync(elsewhere, { recursive: true, force: true }));
  writeFileSync(join(elsewhere, 'kept.json'), '{}');
  const folder = anAgentsBranch(t);
  symlinkSync(elsewhere, join(folder.directory, '.plumbline'));
  const one = anAgentsBranch(t);
  mkdirSync(join(one.directory, '.plumbline/evidence'), { recursive: true });
  symlinkSync(join(elsewhere, 'kept.json'), join(one.directory, file));
  const codes = [await runPlumbline(folder.directory, ['evidence', 'init']), await runPlumbline(one.directory, ['evidence', 'init'])].map(({ code }) => code);
  assert.deepEqual([codes, readdirSync(elsewhere), readFileSync(join(elsewhere, 'kept.json'), 'utf8')], [[64, 64], ['kept.json'], '{}']);
});

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { runPlumbline } from './run-plumbline.ts';

const older = '{"type":"object","properties":{"street":{"type":"string"}}}\n';
const newer = 'type: object\nproperties:\n  street: {type: string}\n  city: {type: string}\n';

function folderWith(context: TestContext, files: Readonly<Record<string, string>>): string {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

test('schema compare --help exits 0 and shows an example', async (t) => {
  for (const words of [['schema'], ['schema', 'compare']]) assert.match((await runPlumbline(folderWith(t, {}), [...words, '--help'])).stdout, /Example:\n {2}plumbline /);
});

test('schema compare exits 0 when the newer schema accepts all that the older one accepts', async (t) => {
  const directory = folderWith(t, { 'a.json': '{"maxLength":3}', 'b.json': '{"maxLength":4}' });
  assert.deepEqual(await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.json']), { code: 0, stdout: 'compatible  a.json → b.json, backward, preset semantic\n', stderr: '' });
});

test('schema compare exits 1 with kind, line and a document when a property is added to an open object', async (t) => {
  const directory = folderWith(t, { 'a.json': older, 'b.yaml': newer });
  const { code, stdout } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.yaml', '--format', 'json']);
  const { answer, differences, witness } = JSON.parse(stdout);
  assert.equal(code, 1);
  assert.deepEqual([answer, differences.map((one: { kind: string; pointer: string; line: number; column: number }) => [one.kind, one.pointer, one.line, one.column])], ['breaking', [['property_added', '/properties/city', 4, 3]]]);
  assert.deepEqual(witness, { direction: 'backward', value: { city: 0 }, refusal: { pointer: '/city', message: 'must be string' } });
});

test('schema compare says to a person which document breaks and which preset accepts it', async (t) => {
  const directory = folderWith(t, { 'a.json': older, 'b.yaml': newer });
  const { stdout } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.yaml']);
  assert.match(stdout, /^breaking {2}1 difference: a\.json → b\.yaml/);
  assert.match(stdout, /b\.yaml:4:3 {2}property_added[\s\S]*\{"city":0\}\n {4}\/city must be string[\s\S]*--preset lenient/);
});

test('schema compare accepts the added property with the lenient preset and says that only it does', async (t) => {
  const directory = folderWith(t, { 'a.json': older, 'b.yaml': newer });
  const { code, stdout } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.yaml', '--preset', 'lenient']);
  assert.equal(code, 0);
  assert.match(stdout, /Accepted by the preset lenient alone: \/properties\/city\n$/);
});

test('schema compare exits 3 and names the keyword when it can not tell', async (t) => {
  const directory = folderWith(t, { 'a.json': '{"$dynamicRef":"#a"}', 'b.json': '{"$dynamicRef":"#b"}' });
  const { code, stdout } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.json']);
  assert.equal(code, 3);
  assert.match(stdout, /^undecided[\s\S]*\$dynamicRef/);
});

for (const [what, text] of [['no JSON', '{"a":'], ['a duplicate key', '{"a":1,"a":2}']] as const) {
  test(`schema compare exits 64 with line and column when a file has ${what}`, async (t) => {
    const directory = folderWith(t, { 'a.json': text, 'b.json': '{}' });
    const { code, stdout, stderr } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.json']);
    assert.deepEqual([code, stdout], [64, '']);
    assert.match(stderr, /Cannot read "a\.json": line 1, column \d+: [^\n]*\. Name a JSON or YAML file\.\n/);
    assert.equal(stderr.match(/expected/gi)?.length, 1);
  });
}

test('schema compare exits 64 when a file is not there or is a directory, and says which of them', async (t) => {
  const directory = folderWith(t, {});
  for (const [name, why] of [['a.json', /there is no such file\. Name an existing file/], ['.', /it is a directory, expected a file\. Name an existing file/]] as const) {
    const { code, stderr } = await runPlumbline(directory, ['schema', 'compare', name, 'b.json']);
    assert.equal(code, 64);
    assert.match(stderr, why);
  }
});

test('schema compare shows the escape sequences of a hostile schema instead of performing them', async (t) => {
  const directory = folderWith(t, { 'a.json': '{}', 'b.json': '{"properties":{"\\u001b[2J":{"type":"string"}}}' });
  const { stdout } = await runPlumbline(directory, ['schema', 'compare', 'a.json', 'b.json']);
  assert.ok(!stdout.includes('\u001b'));
});

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { auditEvents } from '../../src/audit/entry.ts';
import { flowsOf } from '../fakes/appended-by-flows.ts';
import schema from '../../schemas/audit-events.schema.json' with { type: 'json' };

const root = new URL('../..', import.meta.url).pathname;
const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

suite('each event of the audit log', () => {
  test('has a form', () => {
    assert.deepEqual(auditEvents.filter((event) => !Object.hasOwn(schema.definitions, event)), []);
  });

  test('has a row in the docs: when, subject, outcome and details', () => {
    const section = read('docs/audit.md').split('\n## Events\n')[1]?.split('\n## ')[0] ?? '';
    const rows = section.split('\n').flatMap((line) => (/^\| `[a-z]+\.[a-z_]+` \|(?: [^|]+ \|){4}$/.test(line) ? [line.split('`')[1]] : []));
    assert.deepEqual(rows, [...auditEvents]);
  });

  test('is appended by flows that are there, and that the tests of flows see', () => {
    const files = new Set(globSync('src/flows/**/*.ts', { cwd: root }));
    const missing = auditEvents.filter((event) => flowsOf[event].length === 0 || flowsOf[event].some((flow) => !files.has(`src/flows/${flow}.ts`)));
    assert.deepEqual(missing, []);
  });

  test('is appended by no flow that is not named', () => {
    const named = new Set(Object.values(flowsOf).flat());
    const appending = globSync('src/**/*.ts', { cwd: root }).filter((path) => !path.startsWith('src/store/') && read(path).includes('transaction.append('));
    const unnamed = appending.filter((path) => !named.has(path.replace(/^src\/flows\/|\.ts$/g, '')));
    assert.deepEqual(unnamed, []);
  });
});

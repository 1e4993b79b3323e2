import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createModuleParser } from '../../../src/probes/modules/module-parser.ts';

const parser = createModuleParser({ timeoutMs: 1_000 });
after(async () => await parser.close());

test('a module is parsed in a thread of its own, whatever stands beside it', async () => {
  const deep = `export const a = ${'['.repeat(100_000)}`;
  const answers = await parser.parse([{ path: 'a.ts', text: "import { b } from './b';\nexport const c = 1;" }, { path: 'deep.ts', text: deep }, { path: 'd.tsx', text: 'export const D = () => <p>{}</p>;' }]);
  assert.deepEqual(answers, [
    { kind: 'read', facts: { uses: [{ specifier: './b', name: 'b', line: 1, column: 10 }], exports: ['c'], passes: [], passesAllOf: [], isOpen: false } },
    { kind: 'unread', why: 'it nests too deep' },
    { kind: 'read', facts: { uses: [], exports: ['D'], passes: [], passesAllOf: [], isOpen: false } },
  ]);
});

test('attack: a module that takes too long or too much memory is undecided, and those beside it are answered', async () => {
  const slow = createModuleParser({ timeoutMs: 100 });
  const [hostile, plain] = await slow.parse([{ path: 'a.ts', text: `export const x = ${'a<b,'.repeat(250_000)}1;` }, { path: 'b.ts', text: 'export const b = 1;' }]);
  await slow.close();
  assert.ok(hostile?.kind === 'undecided' || hostile?.kind === 'unread', JSON.stringify(hostile));
  assert.equal(plain?.kind, 'read');
});

test('attack: batches that share a time end together, however many there are', async () => {
  const time = { spentMs: 0, hungMs: 0 };
  const plain = { path: 'a.ts', text: 'export const a = 1;' };
  const [first] = await parser.parse([plain], time);
  assert.ok(first?.kind === 'read' && time.spentMs > 0, JSON.stringify(time));
  time.hungMs = 10_001;
  assert.deepEqual(await parser.parse([plain], time), [{ kind: 'undecided', why: 'others of this change that could not be parsed took longer than 10000 ms together' }]);
  assert.deepEqual(await parser.parse([plain], { spentMs: 60_001, hungMs: 0 }), [{ kind: 'undecided', why: 'to have all of the change parsed took longer than 60000 ms' }]);
  assert.equal((await parser.parse([plain]))[0]?.kind, 'read');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { fencedEvidence } from '../../../src/domain/agent-evidence/fenced-evidence.ts';

const block = (text: string, fence = '```', info = 'plumbline-evidence') => `${fence}${info}\n${text}\n${fence}`;

test('fencedEvidence() gives each block with the line where it begins', () => {
  assert.deepEqual(fencedEvidence(`Adds up.\r\n\r\n${block('{"a": 1}')}\nand\n${block('{}', '~~~~')}`), [
    { text: '{"a": 1}', line: 4, isClosed: true },
    { text: '{}', line: 8, isClosed: true },
  ]);
});

test('fencedEvidence() ends a block with a fence that is as long, of the same character and with nothing after it', () => {
  assert.deepEqual(fencedEvidence(block('a\n```\nb\n~~~~\n```` x', '````')).map(({ text }) => text), ['a\n```\nb\n~~~~\n```` x']);
});

test('fencedEvidence() says of a block that it does not end', () => {
  assert.deepEqual(fencedEvidence('```plumbline-evidence\n{}\n'), [{ text: '{}\n', line: 2, isClosed: false }]);
});

test('attack: no block is taken from another fence, a quote, code or a name that only begins alike', () => {
  for (const body of [block(block('{}'), '````', 'markdown'), block('{}').replaceAll(/^/gm, '> '), block('{}').replaceAll(/^/gm, '    '), block('{}', '```', 'plumbline-evidence-2'), block('{}', '```', 'json plumbline-evidence'), '`` `plumbline-evidence', '``plumbline-evidence\n{}\n``']) {
    assert.deepEqual(fencedEvidence(body), [], body);
  }
});

test('attack: no block is taken from what nobody sees, or sees as it is, and no fence in it takes one away', () => {
  const unseen = [`<!--\n${block('{}')}\n-->`, `<!-- Please:\n${block('{}')}\n\nThanks --> ${block('{}')}`, `<!--\n${block('{}')}`, `<pre>\n${block('{}')}\n</pre>`, ` <script x>\n${block('{}')}`, `~~~ a\`b\n${block('{}')}\n~~~`];
  for (const body of unseen) assert.deepEqual(fencedEvidence(body), [], body);
  for (const before of ['<!-- ``` -->', '<!--\n```\n-->', '<pre>\n```\n</pre>', 'text <!--', '    <!--', '<preview>', '\\<!--']) assert.deepEqual(fencedEvidence(`${before}\n${block('{}')}`).map(({ text }) => text), ['{}'], before);
});

test('attack: a long line that nearly opens a fence is read in the time of its length', () => {
  for (const line of [`${'~'.repeat(200_000)}\``, `~~~${'a'.repeat(200_000)}\``, `\`\`\`${'a '.repeat(100_000)}\``, `${'`'.repeat(200_000)}x\``, `~~~${' '.repeat(200_000)}\``]) assert.deepEqual(fencedEvidence(`${line}\n{}`), []);
});

test('fencedEvidence() opens a block of tildes whatever stands behind its name, as CommonMark does', () => {
  assert.deepEqual(fencedEvidence('~~~ plumbline-evidence `a`\n{}\n~~~').map(({ text }) => text), ['{}']);
  assert.deepEqual(fencedEvidence('``` plumbline-evidence `a`\n{}\n```').map(({ text }) => text), []);
});

test('fencedEvidence() of a text that is put into a fence longer than all in it is that text', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('```', '~~~', '````', 'a', '', '{"b": "```"}', '   ```'), { maxLength: 12 }), (lines) => {
      const text = lines.join('\n');
      assert.deepEqual(fencedEvidence(block(text, '`````')).map((one) => one.text), [text]);
    }),
  );
});

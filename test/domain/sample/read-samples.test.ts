import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSamples } from '../../../src/domain/sample/read-samples.ts';

const head = 'a'.repeat(40);

function read(text: string) {
  return readSamples(Buffer.from(text));
}

test('readSamples() reads what was measured, and what made it', () => {
  const text = JSON.stringify({ behavior: 'checkout-quality', head, value: { latency: [1, 2] }, reproducibility: { generator: 'k6', version: '1.2', seed: 42 } });
  assert.deepEqual(read(text), { kind: 'samples', samples: { behavior: 'checkout-quality', head, value: { latency: [1, 2] }, generator: { generator: 'k6', version: '1.2', seed: 42, iterations: null } } });
});

const refused: Readonly<Record<string, string>> = {
  'is no JSON': '{',
  'names a value twice': `{"behavior":"a","head":"${head}","value":{},"value":{"ok":1}}`,
  'names a head that is no commit': '{"behavior":"a","head":"main","value":{}}',
  'names nothing': '{}',
  'is a list': '[]',
  'has a number for a value': `{"behavior":"a","head":"${head}","value":1}`,
  'has NaN': `{"behavior":"a","head":"${head}","value":{"n":NaN}}`,
  'has what nobody knows': `{"behavior":"a","head":"${head}","value":{},"passed":true}`,
  'names a behaviour that none can have': `{"behavior":"../a","head":"${head}","value":{}}`,
};

for (const [title, text] of Object.entries(refused)) {
  test(`attack: a body that ${title} is refused, and said what is expected`, () => {
    const reading = read(text);
    assert.equal(reading.kind, 'invalid');
    assert.match(reading.kind === 'invalid' ? reading.why : '', /^Cannot (?:read|use) .+: (?:found .+, expected .+|it is not known)\.$/s);
  });
}

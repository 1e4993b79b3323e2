import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationOf } from '../../src/domain/configuration/configuration-of.ts';
import type { BlobContent } from '../../src/domain/probe-answer.ts';
import type { Tree } from '../../src/domain/tree.ts';
import { namedByBehaviors } from '../../src/flows/named-by-behaviors.ts';
import { aSide, blobOf, bytesOf } from '../builders/content.ts';
import { ofMetric } from '../domain/behavior/a-behavior.ts';

const configuration = configurationOf({ version: 1, drift: { behaviors: ['behaviors/*'] } }, 'main');
const naming = (baseline: string) => `${JSON.stringify({ ...ofMetric({ name: 'latency', samples: '/v', baselineSamples: baseline, tolerance: { relative: 0.1 } }) })}\n`;

type Files = Readonly<Record<string, string>>;

const treeOf = (files: Files): Tree => ({ commit: 'c', complete: true, entries: Object.entries(files).map(([path, text]) => ({ path, ...aSide(text) })) });

async function namedIn(base: Files, head: Files, inForce: typeof configuration | null = configuration): Promise<readonly string[]> {
  const texts = [...Object.values(base), ...Object.values(head)];
  const contents = new Map<string, BlobContent>(texts.map((text) => [blobOf(text), { kind: 'bytes', bytes: bytesOf(text) }]));
  const blobs = async () => await Promise.resolve(contents);
  return [...(await namedByBehaviors({ blobs }, [treeOf(base), treeOf(head)], inForce))].toSorted();
}

test('what behaviours of the base and of the head name is told, and nothing of what is no behaviour', async () => {
  assert.deepEqual(await namedIn({ 'behaviors/a.yaml': naming('one.json'), 'other/b.yaml': naming('no.json') }, { 'behaviors/a.yaml': naming('two.json'), 'behaviors/c.yaml': 'kind: [' }), ['one.json', 'two.json']);
  assert.deepEqual(await namedIn({ 'behaviors/a.yaml': naming('one.json') }, {}, null), []);
});

test('attack: the content of a behaviour at a path where it can not be read takes nothing away', async () => {
  const yaml = `# a remark\n${naming('one.json')}`;
  assert.deepEqual(await namedIn({ 'behaviors/a.yaml': yaml }, { 'behaviors/a.yaml': yaml, 'behaviors/z.json': yaml }), ['one.json']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceReading } from '../../src/domain/behavior/source-reading.ts';
import { captureConfiguration } from '../../src/flows/capture-configuration.ts';
import { measureBehaviors } from '../../src/flows/measure-behaviors.ts';
import type { BehaviorsToMeasure } from '../../src/flows/measure-behaviors.ts';
import { createProber } from '../../src/probes/prober.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import { aWorld } from './a-world.ts';

const named = (name: string) => ['kind: Behavior', `name: ${name}`, 'scope: environment', 'source: {type: http-json, url: "https://metrics.example.com/checkout"}', 'metrics:', '  - {name: readiness, pointer: /readiness, baseline: 1}', 'owner: team:checkout', ''].join('\n');
const names = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Six behaviours, each with a source of its own that answers as a test says. */
async function measured(read: (name: string) => Promise<SourceReading>, more: Partial<BehaviorsToMeasure> = {}) {
  const { github, ports, clock } = aWorld();
  const commit = github.commit('main', { '.github/plumbline.yml': 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"]}\n', ...Object.fromEntries(names.map((name) => [`behaviors/${name}.yaml`, named(name)])) });
  const { state } = await captureConfiguration(ports, { repository: github.ref, github: github.repository, commit, branch: 'main', defaultBranch: 'main' });
  const validator = { validate: async () => [], prepare: () => {}, compare: async () => [], close: async () => {} };
  const prober = createProber({ objects: github.repository, releases: emptyRecord, validator, behaviors: { read: ({ name }) => read(name) } });
  const all = await measureBehaviors({ tree: await github.repository.tree(commit), configuration: state, prober, clock, isWanted: () => true, ...more });
  return all.map((one) => (one.kind === 'broken' ? one.why : `${one.behavior.name} ${one.verdict.kind} ${one.verdict.reasons[0]?.found ?? ''}`.trim()));
}

const answer = async (): Promise<SourceReading> => ({ kind: 'answered', value: { readiness: 1 }, observedAt: '2026-11-20T12:00:00.000Z', generator: null });

test('sources that give no answer cost those after them nothing, and are told so', async () => {
  const told = await measured((name) => (name < 'c' ? new Promise<never>(() => {}) : answer()), { eachMs: 40 });
  assert.deepEqual(told, ['a inconclusive its source gave no answer within 0.04 s', 'b inconclusive its source gave no answer within 0.04 s', 'c pass', 'd pass', 'e pass', 'f pass']);
});

test('some are measured at a time, what gave no answer before after all others, and what is left when the time is over is not asked', async () => {
  const asked: string[] = [];
  let [open, most] = [0, 0];
  const read = async (name: string): Promise<SourceReading> => {
    asked.push(name);
    most = Math.max(most, (open += 1));
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return answer();
  };
  await measured(read, { isLast: ({ name }) => name === 'a' });
  assert.deepEqual([asked, most], [['b', 'c', 'd', 'e', 'f', 'a'], 4]);
  assert.deepEqual((await measured(read, { allMs: 0 })).slice(0, 1), ['a inconclusive there was no time left to ask its source']);
});

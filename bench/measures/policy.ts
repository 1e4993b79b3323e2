import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policiesFolder } from '../../deploy/builtin-policies.ts';
import { pinnedOpa } from '../../deploy/policy-capabilities.ts';
import type { CompiledPolicies } from '../../src/domain/policy/compiled-policies.ts';
import { readBuiltinSources } from '../../src/probes/policy-engine/builtin-sources.ts';
import { createPolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import type { PolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import { createPolicyInstance } from '../../src/probes/policy-engine/policy-instance.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure, MeasureOptions } from '../measure.ts';
import { inFolder } from '../parts/folder.ts';
import { median } from '../parts/percentiles.ts';
import { policyInput } from '../parts/policy-input.ts';
import { rounds } from '../parts/rounds.ts';
import { secondsOf } from '../parts/seconds.ts';

const typicalActions = 5;

/** The built-in rules: evaluated warm, compiled cold, over one large change, and over many beside the native program. */
export const policy: Measure = {
  name: 'policy',
  run: (options) =>
    inFolder(async (folder) => {
      const engine = createPolicyEngine({ cacheFolder: null, places: {} });
      try {
        return await measured(engine, folder, options);
      } finally {
        await engine.close();
      }
    }),
};

async function measured(engine: PolicyEngine, folder: string, { quick, say }: MeasureOptions): Promise<readonly Figure[]> {
  const builtin = await engine.builtin();
  say('one warm evaluation');
  const warm = await warmMicroseconds(builtin, quick ? 200 : 5_000);
  say('a change of 1,000 actions');
  const thousand = median(await rounds(quick ? 2 : 20, async () => await evaluationSeconds(engine, builtin, 1, 1_000)));
  say('compiling');
  const compiled = median(await rounds(quick ? 1 : 5, compileSeconds));
  const count = quick ? 100 : 1_000;
  say(`${count} inputs, beside the native program`);
  const beside = await besideNative(folder, count, quick ? 1 : 5);
  const words = count.toLocaleString('en');
  const speed = { better: 'lower', scales: 'speed' } as const;
  return [
    { id: 'policy.warm', what: `one warm evaluation of the built-in rules, ${typicalActions} actions`, value: warm, unit: 'µs', ...speed, target: atMost(100) },
    { id: 'policy.thousand', what: 'the built-in rules over a change of 1,000 actions, to the read report', value: thousand * 1_000, unit: 'ms', ...speed, target: atMost(150) },
    { id: 'policy.compile', what: 'compiling the built-in rules, cold', value: compiled, unit: 's', ...speed, target: null },
    { id: `policy.inputs.ours.${count}`, what: `the same rules over ${words} inputs, with the start of the worker`, value: beside.ours, unit: 's', ...speed, target: null },
    { id: `policy.inputs.exec.${count}`, what: '  native `opa exec`, one process', value: beside.exec, unit: 's', ...speed, target: null },
    { id: 'policy.inputs.eval', what: '  native `opa eval`, one process for one input', value: beside.eval, unit: 's', ...speed, target: null },
    { id: `policy.inputs.ratio.${count}`, what: '  ours as a share of `opa exec`', value: beside.ours / beside.exec, unit: '×', better: 'lower', scales: 'none', target: atMost(2) },
  ];
}

/** In this thread: what the module takes, without the way to a worker. */
async function warmMicroseconds({ wasm, data }: CompiledPolicies, count: number): Promise<number> {
  const instance = await createPolicyInstance(Uint8Array.from(wasm), data);
  const input = JSON.stringify(policyInput(typicalActions));
  const times = await rounds(count, async () => await secondsOf(async () => void instance.report(input)));
  return median(times.slice(count / 10)) * 1_000_000;
}

async function evaluationSeconds(engine: PolicyEngine, policies: CompiledPolicies, inputs: number, actions: number): Promise<number> {
  const questions = Array.from({ length: inputs }, () => policyInput(actions)).map((input) => ({ input, subjects: input.actions.map(({ name }) => name) }));
  return await secondsOf(async () => {
    const readings = await engine.evaluate(policies, questions);
    const open = readings.find(({ kind }) => kind !== 'report');
    if (open !== undefined) throw new Error(`Cannot measure: ${JSON.stringify(open)}`);
  });
}

async function compileSeconds(): Promise<number> {
  const sources = await readBuiltinSources();
  const engine = createPolicyEngine({ cacheFolder: null, places: {} });
  return await secondsOf(async () => {
    const { kind } = await engine.compile(sources);
    if (kind !== 'compiled') throw new Error(`Cannot measure: the built-in rules are ${kind}`);
  });
}

/** The same Rego, inputs and question. Ours start with the process's first worker, as the native program starts with its own process. */
async function besideNative(folder: string, count: number, times: number): Promise<{ readonly ours: number; readonly exec: number; readonly eval: number }> {
  const inputs = join(folder, 'inputs');
  mkdirSync(inputs);
  const files = Array.from({ length: count }, (_, place) => join(inputs, `${place}.json`));
  for (const file of files) writeFileSync(file, JSON.stringify(policyInput(typicalActions)));
  const bundle = join(folder, 'bundle.tar.gz');
  const native = (words: readonly string[]): void => void execFileSync(pinnedOpa(), words, { cwd: policiesFolder, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1024 * 1024 * 1024 });
  native(['build', '--v1-compatible', '--ignore', '*_test.rego', '--ignore', 'builtin.json', '--ignore', 'capabilities.json', '--ignore', 'meta', '--output', bundle, '.']);
  const all = await rounds(times, async () => {
    const engine = createPolicyEngine({ cacheFolder: null, places: {} });
    const ours = await evaluationSeconds(engine, await engine.builtin(), count, typicalActions);
    await engine.close();
    const exec = await secondsOf(async () => native(['exec', '--v1-compatible', '--bundle', bundle, '--decision', 'main/report', inputs]));
    const one = await secondsOf(async () => native(['eval', '--v1-compatible', '--bundle', bundle, '--input', files[0] ?? '', 'data.main.report']));
    return { ours, exec, eval: one };
  });
  return { ours: median(all.map(({ ours }) => ours)), exec: median(all.map(({ exec }) => exec)), eval: median(all.map((one) => one.eval)) };
}

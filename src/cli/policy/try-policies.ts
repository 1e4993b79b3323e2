import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PolicyReport } from '../../domain/policy/policy-report.ts';
import type { PolicyEngine, PolicyQuestion, PolicyReading } from '../../probes/policy-engine/policy-engine.ts';
import { policyTrialJson, policyTrialPretty } from '../../render/policy-trial.ts';
import type { PolicyTrial } from '../../render/policy-trial.ts';
import { readKeysFile } from '../config/keys-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { readAtMost } from '../read-at-most.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import { openPolicyEngine } from './open-policy-engine.ts';
import { readPolicyFolder } from './read-policy-folder.ts';
import { readPolicyInput } from './read-policy-input.ts';

export interface PolicyTryOptions {
  /** Left out: the built-in rules. */
  readonly policies?: string;
  readonly input: string;
  readonly subject: readonly string[];
  readonly keys?: string;
  readonly format: 'pretty' | 'json';
}

/** Every answer on standard output, or why there is none; the exit code says it too. */
export async function tryPolicies(terminal: Terminal, options: PolicyTryOptions): Promise<number> {
  const input = await readPolicyInput(terminal, options.input);
  const question = { input, subjects: [...actionsIn(input), ...options.subject] };
  const engine = openPolicyEngine(terminal);
  try {
    const compilation = await compiled(engine, terminal, options);
    const trial = compilation.kind === 'compiled' ? { ...(await answered(engine, compilation, question)), policies: compilation.policies.digest } : compilation;
    terminal.write(options.format === 'json' ? policyTrialJson(trial) : policyTrialPretty(trial, { policies: options.policies ?? 'the built-in rules', input: options.input }, terminal.color));
    return codeOf(trial);
  } finally {
    await engine.close();
  }
}

async function answered(engine: PolicyEngine, { policies }: Extract<Compilation, { readonly kind: 'compiled' }>, question: PolicyQuestion): Promise<PolicyReading> {
  const [reading] = await engine.evaluate(policies, [question]);
  return reading ?? { kind: 'unavailable', why: 'no answer came' };
}

async function compiled(engine: PolicyEngine, terminal: Terminal, { policies, keys }: PolicyTryOptions): Promise<Compilation> {
  if (policies === undefined) return { kind: 'compiled', policies: await engine.builtin() };
  const path = resolve(terminal.directory, policies);
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  if (!isFile) return await engine.compile(await readPolicyFolder(path, policies));
  if (keys === undefined) throw new Failure('USAGE', `Cannot take policies from the bundle ${JSON.stringify(policies)}: found no keys, expected those that may have signed it. Run: ${typeAgain(terminal, '--keys <file>')}`);
  return await engine.load({ bundle: await readAtMost(path, policies, limits.bundleBytes, 'Name an existing file.'), keys: await readKeysFile(terminal.directory, keys) });
}

/** Every rule answers for each action, also where none does. */
function actionsIn({ version, actions }: PolicyQuestion['input']): readonly string[] {
  if (version !== 1 || !Array.isArray(actions)) return [];
  return actions.flatMap((action: JsonValue) => (isJsonObject(action) && typeof action['name'] === 'string' ? action['name'] : []));
}

function codeOf(trial: PolicyTrial): number {
  switch (trial.kind) {
    case 'report':
      return codeOfReport(trial.report);
    case 'refused':
      return exitCodes.deny;
    case 'silent':
    case 'timed-out':
    case 'unavailable':
      return exitCodes.unknown;
  }
}

function codeOfReport({ results }: PolicyReport): number {
  if (results.some(({ outcome }) => outcome === 'fail')) return exitCodes.deny;
  return results.some(({ outcome }) => outcome === 'hold') ? exitCodes.hold : exitCodes.allow;
}

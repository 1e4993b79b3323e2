import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PolicyReport } from '../../domain/policy/policy-report.ts';
import { loadBundle } from '../../probes/policy-engine/load-bundle.ts';
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

export interface PolicyTryOptions {
  readonly policies: string;
  readonly input: string;
  readonly subject: readonly string[];
  readonly keys?: string;
  readonly format: 'pretty' | 'json';
}

/** Every answer on standard output, or why there is none; the exit code says it too. */
export async function tryPolicies(terminal: Terminal, options: PolicyTryOptions): Promise<number> {
  const question = { input: await readInput(terminal, options.input), subjects: options.subject };
  const engine = openPolicyEngine(terminal);
  try {
    const compilation = await compiled(engine, terminal, options);
    const trial = compilation.kind === 'compiled' ? { ...(await answered(engine, compilation, question)), policies: compilation.policies.digest } : compilation;
    terminal.write(options.format === 'json' ? policyTrialJson(trial) : policyTrialPretty(trial, options, terminal.color));
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
  const path = resolve(terminal.directory, policies);
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  if (!isFile) return await engine.compile(await readPolicyFolder(path, policies));
  if (keys === undefined) throw new Failure('USAGE', `Cannot take policies from the bundle ${JSON.stringify(policies)}: found no keys, expected those that may have signed it. Run: ${typeAgain(terminal, '--keys <file>')}`);
  return await loadBundle(await readAtMost(path, policies, limits.bundleBytes, 'Name an existing file.'), await readKeysFile(terminal.directory, keys));
}

async function readInput(terminal: Terminal, path: string): Promise<PolicyQuestion['input']> {
  const reading = readDocument(await readAtMost(resolve(terminal.directory, path), path, limits.policyInputBytes, 'Name an existing file.'), 'json');
  if (reading.kind === 'problem') throw new Failure('USAGE', `Cannot read the input ${JSON.stringify(path)}: line ${reading.problem.position.line}, column ${reading.problem.position.column}: ${reading.problem.message}. Name a JSON file.`);
  const { value } = reading.document;
  const version = isJsonObject(value) ? value['version'] : undefined;
  if (isJsonObject(value) && typeof version === 'number' && Number.isSafeInteger(version)) return { ...value, version };
  throw new Failure('USAGE', `Cannot use the input ${JSON.stringify(path)}: found no whole number \`version\`, expected an object that states the version of its form, as {"version": 1}.`);
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

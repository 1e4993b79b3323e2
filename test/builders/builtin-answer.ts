import type { PoliciesAnswer } from '../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../src/domain/probe-request.ts';
import { readPolicyReport } from '../../src/domain/policy/policy-report.ts';
import { loadBuiltinPolicies } from '../../src/probes/policy-engine/builtin-policies.ts';
import type { PolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import { createPolicyInstance } from '../../src/probes/policy-engine/policy-instance.ts';
import type { SecretScanner } from '../../src/probes/secrets/secret-scanner.ts';

const builtin = await loadBuiltinPolicies();
const instance = await createPolicyInstance(Uint8Array.from(builtin.wasm), builtin.data);

/** What the rules that ship with Plumbline say, as the worker thread of the engine has it. Other policies are silent. */
export function builtinAnswer({ policies, input, subjects }: RequestOf<'policies'>): PoliciesAnswer {
  if (policies !== null) return { kind: 'silent', why: 'the test asks none but the built-in policies' };
  const reading = readPolicyReport(instance.report(JSON.stringify(input)), { inputVersion: input.version, rules: builtin.rules, subjects });
  return reading.kind === 'report' ? reading : { kind: 'silent', why: reading.why };
}

/** Stands in for the engine where no worker thread is wanted: the same module, in this thread. It compiles nothing. */
export const builtinEngine: PolicyEngine = {
  builtin: async () => builtin,
  compile: async () => ({ kind: 'refused', why: 'the test compiles nothing' }),
  load: async () => ({ kind: 'refused', why: 'the test loads nothing' }),
  test: async () => ({ kind: 'refused', why: 'the test compiles nothing' }),
  evaluate: async (_policies, questions) =>
    questions.map(({ input, subjects }) => {
      const answer = builtinAnswer({ kind: 'policies', policies: null, input, subjects });
      return answer.kind === 'report' ? answer : { kind: 'silent', why: answer.why };
    }),
  prepare: () => {},
  close: async () => {},
};

/** Finds none. */
export const noSecrets: SecretScanner = { scan: async (batch) => batch.map(() => ({ kind: 'scanned', secrets: [] })), prepare: () => {},
  close: async () => {} };

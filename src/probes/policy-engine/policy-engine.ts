import { digestOfBytes } from '../../domain/digest.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import type { CompiledPolicies, Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { PolicyTests } from '../../domain/policy/policy-tests.ts';
import type { ReportReading } from '../../domain/policy/policy-report.ts';
import type { PreparedDocument } from '../schema-validation/worker-lane.ts';
import { WorkerPool } from '../schema-validation/worker-pool.ts';
import { compilePolicies } from './compile-policies.ts';
import type { PoliciesText, QuestionText } from './evaluation-protocol.ts';
import { findOpa, verifiedOpa } from './find-opa.ts';
import type { OpaPlaces } from './find-opa.ts';
import { policyCacheIn } from './policy-cache.ts';
import { objectionToTree, treeText } from './policy-tree.ts';
import { capabilitiesDigest } from './scratch-folder.ts';
import { testPolicies } from './test-policies.ts';

/** What policies are asked: an input, and every subject that they must speak of. */
export interface PolicyQuestion {
  readonly input: JsonObject & { readonly version: number };
  readonly subjects: readonly string[];
}

export interface PolicyEngine {
  /** Rego to a module: once per tree, from the cache afterwards. @throws Failure OPA_UNAVAILABLE */
  compile(files: readonly PolicyFile[]): Promise<Compilation>;
  /** Runs the tests that stand beside the rules. @throws Failure OPA_UNAVAILABLE */
  test(files: readonly PolicyFile[]): Promise<PolicyTests>;
  /** One answer per question, in order: a total report, or why there is none. A question that takes too long harms no other. */
  evaluate(policies: CompiledPolicies, questions: readonly PolicyQuestion[]): Promise<readonly ReportReading[]>;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** The text of `policies/main/main.rego`. */
  readonly main: string;
  /** Where compiled policies are kept; null to keep none. */
  readonly cacheFolder: string | null;
  /** Where OPA is looked for. */
  readonly places: OpaPlaces;
  /** For one evaluation. */
  readonly timeoutMs?: number;
  /** For making a module ready, once per worker. */
  readonly loadTimeoutMs?: number;
}

/** Compiles in a child process, evaluates in worker threads. Nothing starts before it is needed. */
export function createPolicyEngine({ main, cacheFolder, places, timeoutMs = 1_000, loadTimeoutMs = 3_000 }: EngineOptions): PolicyEngine {
  const cache = policyCacheIn(cacheFolder);
  const pool = new WorkerPool<ReportReading>({ timeoutMs, compileTimeoutMs: loadTimeoutMs, batchTimeoutMs: 30_000, hangTimeoutMs: 10_000 }, 1, { file: '../policy-engine/evaluation-worker', piece: 'evaluation', done: 'evaluated', source: 'loading of the policies', kept: 3 });
  return {
    compile: async (files) => {
      const objection = objectionToTree(files);
      if (objection !== null) return { kind: 'refused', why: objection };
      const opa = await findOpa(places);
      const key = digestOfBytes(JSON.stringify([4, opa.identity, capabilitiesDigest, main, treeText(files)]));
      const kept = await cache.find(key);
      if (kept !== null) return { kind: 'compiled', policies: kept };
      const compilation = await compilePolicies(await verifiedOpa(opa), files, main);
      if (compilation.kind === 'compiled') await cache.keep(key, compilation.policies);
      return compilation;
    },
    test: async (files) => {
      const objection = objectionToTree(files);
      return objection === null ? await testPolicies(await verifiedOpa(await findOpa(places)), files) : { kind: 'refused', why: objection };
    },
    evaluate: async (policies, questions) => await evaluateIn(pool, policies, questions),
    close: async () => await pool.close(),
  };
}

async function evaluateIn(pool: WorkerPool<ReportReading>, policies: CompiledPolicies, questions: readonly PolicyQuestion[]): Promise<readonly ReportReading[]> {
  const kept: PoliciesText = { wasm: Buffer.from(policies.wasm).toString('base64'), data: policies.data, rules: policies.rules };
  const schemaText = JSON.stringify(kept);
  const prepared = questions.map((question) => prepare(question, policies, schemaText));
  const answers = (await pool.run(prepared.filter((one) => one.kind === 'document'))).values();
  return prepared.map((one) => {
    if (one.kind !== 'document') return one;
    const answer = answers.next().value ?? { kind: 'unanswered', why: 'it was not evaluated' };
    return answer.kind === 'undecided' || answer.kind === 'unanswered' ? { kind: 'unavailable', why: answer.why } : answer;
  });
}

function prepare({ input, subjects }: PolicyQuestion, { digest }: CompiledPolicies, schemaText: string): PreparedDocument | Extract<ReportReading, { readonly kind: 'unavailable' }> {
  const inputText = textOf(input);
  if (inputText === null) return { kind: 'unavailable', why: 'the input is nested too deep' };
  if (Buffer.byteLength(inputText) > limits.policyInputBytes) return { kind: 'unavailable', why: `the input has more than ${limits.policyInputBytes} bytes` };
  const question: QuestionText = { input: inputText, inputVersion: input.version, subjects };
  return { kind: 'document', schema: digest, schemaText, text: JSON.stringify(question) };
}

/** Null for what is nested deeper than the runtime can write. */
function textOf(input: JsonObject): string | null {
  try {
    return JSON.stringify(input);
  } catch {
    return null;
  }
}

import { askedOnce } from '../../domain/asked-once.ts';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import type { CompiledPolicies, Compilation } from '../../domain/policy/compiled-policies.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { PolicyTests } from '../../domain/policy/policy-tests.ts';
import type { SignedBundle } from '../../domain/policy/signed-bundle.ts';
import type { ReportReading } from '../../domain/policy/policy-report.ts';
import { readPackageFile } from '../package-file.ts';
import type { PreparedDocument } from '../worker-threads/thread-protocol.ts';
import { ownThreads } from '../worker-threads/thread-source.ts';
import type { ThreadSource } from '../worker-threads/thread-source.ts';
import type { LaneAnswer } from '../worker-threads/worker-lane.ts';
import { WorkerPool } from '../worker-threads/worker-pool.ts';
import { loadBuiltinPolicies } from './builtin-policies.ts';
import { compilePolicies } from './compile-policies.ts';
import type { PoliciesText, QuestionText } from './evaluation-protocol.ts';
import { findOpa, verifiedOpa } from './find-opa.ts';
import type { FoundOpa, OpaPlaces } from './find-opa.ts';
import { createKeptCompilations } from './kept-compilations.ts';
import { policyCacheIn } from './policy-cache.ts';
import type { PolicyCache } from './policy-cache.ts';
import { objectionToTree, treeText } from './policy-tree.ts';
import { capabilitiesDigest } from './scratch-folder.ts';
import { testPolicies } from './test-policies.ts';

/** What policies are asked: an input, and every subject that they must speak of. */
export interface PolicyQuestion {
  readonly input: JsonObject & { readonly version: number };
  readonly subjects: readonly string[];
}

/** `timed-out`: no answer within the limits. `unavailable`: the machine failed, which says nothing about the policies. */
export type PolicyReading = ReportReading | { readonly kind: 'timed-out'; readonly why: string } | { readonly kind: 'unavailable'; readonly why: string };

export interface PolicyEngine {
  /** The policies that ship with Plumbline, which need no OPA. */
  builtin(): Promise<CompiledPolicies>;
  /** Rego to a module: once per tree, from the cache afterwards. @throws Failure OPA_UNAVAILABLE */
  compile(files: readonly PolicyFile[]): Promise<Compilation>;
  /** A ready bundle, if it is signed by one of its keys: once per content and keys. Needs no OPA. */
  load(bundle: SignedBundle): Promise<Compilation>;
  /** Runs the tests that stand beside the rules. @throws Failure OPA_UNAVAILABLE */
  test(files: readonly PolicyFile[]): Promise<PolicyTests>;
  /** One answer per question, in order: a total report, or why there is none. A question that takes too long harms no other. */
  evaluate(policies: CompiledPolicies, questions: readonly PolicyQuestion[]): Promise<readonly PolicyReading[]>;
  /** Starts what evaluates, and makes the built-in rules ready there, ahead of the first question about them, where one is sure to come. */
  prepare(): void;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Where compiled policies are kept; null to keep none. */
  readonly cacheFolder: string | null;
  /** Where OPA is looked for. */
  readonly places: OpaPlaces;
  /** For one evaluation. */
  readonly timeoutMs?: number;
  /** For making a module ready, once per worker. */
  readonly loadTimeoutMs?: number;
  readonly threads?: ThreadSource;
}

/** Compiles in a child process, evaluates in worker threads. Nothing starts before it is needed. */
export function createPolicyEngine({ cacheFolder, places, timeoutMs = 1_000, loadTimeoutMs = 3_000, threads = ownThreads }: EngineOptions): PolicyEngine {
  const cache = policyCacheIn(cacheFolder);
  const pool = new WorkerPool<ReportReading>({ timeoutMs, compileTimeoutMs: loadTimeoutMs, batchTimeoutMs: 30_000, hangTimeoutMs: 10_000 }, 1, { file: '../policy-engine/evaluation-worker', piece: 'evaluation', done: 'evaluated', source: 'loading of the policies', kept: 3 }, threads);
  const once = createKeptCompilations();
  const builtin = askedOnce(loadBuiltinPolicies);
  let preparing: Promise<unknown> = Promise.resolve();
  return {
    builtin,
    compile: async (files) => {
      const objection = objectionToTree(files);
      if (objection !== null) return { kind: 'refused', why: objection };
      const opa = await findOpa(places);
      const main = (await readPackageFile('policies/main/main.rego')).toString('utf8');
      const key = digestOfBytes(JSON.stringify([6, opa.identity, capabilitiesDigest, main, treeText(files)]));
      return await once(key, async () => await compileAnew({ opa, files, main, key, cache }));
    },
    load: async ({ bundle, keys }) =>
      await once(digestOfBytes(JSON.stringify(['bundle', digestOfBytes(bundle), keys.map(({ digest }) => digest)])), async () => {
        // Few name a bundle, and what verifies signatures is dozens of modules.
        const { loadBundle } = await import('./load-bundle.ts');
        return await loadBundle(bundle, keys);
      }),
    test: async (files) => {
      const objection = objectionToTree(files);
      return objection === null ? await testPolicies(await verifiedOpa(await findOpa(places)), files) : { kind: 'refused', why: objection };
    },
    evaluate: async (policies, questions) => await evaluateIn(pool, policies, questions),
    prepare() {
      pool.prepare();
      // What goes wrong shows when they are asked.
      preparing = builtin().then(async (policies) => await evaluateIn(pool, policies, [aboutNothing])).catch(() => undefined);
    },
    async close() {
      // A question that is stopped half way would be asked again, in another thread.
      await preparing;
      await pool.close();
    },
  };
}

/** A module is compiled with the first question that it is asked. */
const aboutNothing: PolicyQuestion = { input: { version: 1, actions: [] }, subjects: [] };

async function compileAnew({ opa, files, main, key, cache }: { readonly opa: FoundOpa; readonly files: readonly PolicyFile[]; readonly main: string; readonly key: Digest; readonly cache: PolicyCache }): Promise<Compilation> {
  const kept = await cache.find(key);
  if (kept !== null) return { kind: 'compiled', policies: kept };
  const compilation = await compilePolicies(await verifiedOpa(opa), files, main);
  if (compilation.kind === 'compiled') await cache.keep(key, compilation.policies);
  return compilation;
}

async function evaluateIn(pool: WorkerPool<ReportReading>, policies: CompiledPolicies, questions: readonly PolicyQuestion[]): Promise<readonly PolicyReading[]> {
  const schemaText = textOfPolicies(policies);
  const prepared = questions.map((question) => prepare(question, policies, schemaText));
  const answers = (await pool.run(prepared.filter((one) => one.kind === 'document'))).values();
  return prepared.map((one) => {
    if (one.kind !== 'document') return one;
    const answer = answers.next().value ?? { kind: 'unanswered', why: 'it was not evaluated' };
    return readingOf(answer);
  });
}

/** What a worker is sent once: the same for every question. */
const policyTexts = new WeakMap<CompiledPolicies, string>();

function textOfPolicies(policies: CompiledPolicies): string {
  const known = policyTexts.get(policies);
  if (known !== undefined) return known;
  const kept: PoliciesText = { wasm: Buffer.from(policies.wasm).toString('base64'), data: policies.data, rules: policies.rules };
  const text = JSON.stringify(kept);
  policyTexts.set(policies, text);
  return text;
}

function readingOf(answer: LaneAnswer<ReportReading>): PolicyReading {
  switch (answer.kind) {
    case 'undecided':
      return { kind: 'timed-out', why: answer.why };
    case 'unanswered':
      return { kind: 'unavailable', why: answer.why };
    case 'report':
    case 'silent':
      return answer;
  }
}

function prepare({ input, subjects }: PolicyQuestion, { digest }: CompiledPolicies, schemaText: string): PreparedDocument | Extract<ReportReading, { readonly kind: 'silent' }> {
  const inputText = textOf(input);
  if (inputText === null) return { kind: 'silent', why: 'the input is nested too deep' };
  if (Buffer.byteLength(inputText) > limits.policyInputBytes) return { kind: 'silent', why: `the input has more than ${limits.policyInputBytes} bytes` };
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

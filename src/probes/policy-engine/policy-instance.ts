import { loadPolicy } from '@open-policy-agent/opa-wasm';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { evaluationLimits } from './evaluation-protocol.ts';
import { readMeasuredJson } from './measured-json.ts';
import { objectionToModule } from './objection-to-module.ts';

/** Built-ins that a module may leave to the SDK: those of the capabilities that are not compiled into it. */
const hostBuiltins: ReadonlySet<string> = new Set(['sprintf']);

/** One module with its data, ready for any number of inputs until it throws. */
export interface PolicyInstance {
  /** What `main.report` is; undefined where it is. @throws for a run-time error, after which the instance is of no more use. */
  report(input: string): JsonValue | undefined;
}

type Loaded = Awaited<ReturnType<typeof loadPolicy>>;

/** @throws an error that says why the module is not one that may run. */
export async function createPolicyInstance(wasm: Uint8Array<ArrayBuffer>, data: string): Promise<PolicyInstance> {
  const module = await WebAssembly.compile(wasm);
  const objection = objectionToModule(wasm, module);
  if (objection !== null) throw new Error(objection);
  const loaded = await loadPolicy(module, { initial: 5, maximum: evaluationLimits.memoryPages });
  const exported = exportsOf(loaded);
  const unknown = Object.keys(objectAt(loaded, exported.call('opa_json_dump', exported.call('builtins')))).filter((name) => !hostBuiltins.has(name));
  if (unknown.length > 0) throw new Error(`it needs the built-in ${unknown.map((name) => JSON.stringify(name.slice(0, 80))).join(', ')}, which there is not`);
  const entrypoints = objectAt(loaded, exported.call('opa_json_dump', exported.call('entrypoints')));
  const entrypoint = Object.hasOwn(entrypoints, 'main/report') ? entrypoints['main/report'] : null;
  if (typeof entrypoint !== 'number' || loaded.minorVersion < 2) throw new Error('it has no entrypoint main/report of ABI 1.2');
  loaded.setData(bytesOf(data).buffer);
  return { report: (input) => evaluate(loaded, exported, entrypoint, bytesOf(input)) };
}

/** As the SDK's own `evaluate`, but the answer is measured before it is read, and an input is text from the start. */
function evaluate(loaded: Loaded, exported: Exports, entrypoint: number, input: Uint8Array<ArrayBuffer>): JsonValue | undefined {
  const start: unknown = loaded.dataHeapPtr;
  if (typeof start !== 'number') throw new Error('the module tells no place for the input');
  const missing = start + input.length - loaded.mem.buffer.byteLength;
  if (missing > 0) loaded.mem.grow(Math.ceil(missing / 65_536));
  new Uint8Array(loaded.mem.buffer).set(input, start);
  const sets = jsonAt(loaded, exported.call('opa_eval', 0, entrypoint, loaded.dataAddr, start, input.length, start + input.length, 0));
  if (!Array.isArray(sets) || sets.length > 1) throw new Error('the module answers in another form than OPA');
  const set: JsonValue | undefined = sets[0];
  return isJsonObject(set) ? set['result'] : undefined;
}

interface Exports {
  call(name: string, ...words: readonly number[]): number;
}

function exportsOf(loaded: Loaded): Exports {
  const instance = 'exports' in loaded.wasmInstance ? loaded.wasmInstance : loaded.wasmInstance.instance;
  return {
    call: (name, ...words) => {
      const called = instance.exports[name];
      const answer: unknown = typeof called === 'function' ? called(...words) : null;
      if (typeof answer !== 'number') throw new Error(`the module exports no ${name}`);
      return answer;
    },
  };
}

function objectAt(loaded: Loaded, address: number): JsonObject {
  const value = jsonAt(loaded, address);
  return isJsonObject(value) ? value : {};
}

/** JSON that ends with a NUL. */
function jsonAt(loaded: Loaded, address: number): JsonValue {
  const memory = new Uint8Array(loaded.mem.buffer);
  const end = memory.indexOf(0, address >>> 0);
  const bytes = memory.subarray(address >>> 0, end);
  if (end < 0 || bytes.length > evaluationLimits.resultBytes) throw new Error(`the answer is longer than ${evaluationLimits.resultBytes} bytes`);
  return readMeasuredJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

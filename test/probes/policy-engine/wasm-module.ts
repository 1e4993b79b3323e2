/** Writes WebAssembly modules by hand, for what OPA would never compile. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** Instructions; they must leave one i32. */
  readonly body: readonly number[];
}

export interface WasmPlan {
  readonly imports?: readonly { readonly name: string; readonly memory?: readonly number[]; readonly parameters?: number }[];
  readonly functions?: readonly WasmFunction[];
  readonly text?: Readonly<Record<number, string>>;
  readonly ownMemory?: boolean;
  /** Loops before anything is asked of it. */
  readonly endlessStart?: boolean;
}

const i32 = 0x7f;
const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export function wasmModule({ imports = [{ name: 'memory' }], functions = [], text = {}, ownMemory = false, endlessStart = false }: WasmPlan): Uint8Array<ArrayBuffer> {
  const bodies = endlessStart ? [...functions, { name: 'begin', parameters: -1, body: loop }] : functions;
  const types = [[0x60, 0, 0], ...Array.from({ length: 8 }, (_, count) => [0x60, count, ...Array.from({ length: count }, () => i32), 1, i32])];
  const imported = imports.filter(({ memory, name }) => memory === undefined && name !== 'memory').length;
  return Uint8Array.from([
    ...header,
    ...section(1, list(types)),
    ...section(2, list(imports.map(({ name, memory, parameters = -1 }) => [...named('env'), ...named(name), ...(name === 'memory' ? [2, ...(memory ?? [0, 2])] : [0, parameters + 1])]))),
    ...section(3, list(bodies.map(({ parameters }) => [parameters + 1]))),
    ...(ownMemory ? section(5, [1, 0, 1]) : []),
    ...section(7, list(bodies.map(({ name }, index) => [...named(name), 0, ...unsigned(imported + index)]))),
    ...(endlessStart ? section(8, unsigned(imported + bodies.length - 1)) : []),
    ...section(10, list(bodies.map(({ body }) => { const code = [0, ...body, 0x0b]; return [...unsigned(code.length), ...code]; }))),
    ...section(11, list(Object.entries(text).map(([place, said]) => [0, ...constant(Number(place)), 0x0b, ...bytesOf(`${said}\0`)]))),
  ]);
}

/** `loop br 0 end` */
export const loop = [0x03, 0x40, 0x0c, 0, 0x0b];

export function constant(value: number): readonly number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>= 7) {
    const byte = left & 0x7f;
    const isLast = (left >> 7 === 0 && byte < 64) || (left >> 7 === -1 && byte >= 64);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return [0x41, ...bytes];
  }
}

/** All that the SDK asks of a module, with what `opa_eval` does and which built-ins it says to need. */
export function opaLike(evaluation: readonly number[], builtins = '{}'): WasmPlan {
  const answering = (name: string, parameters: number, value: number): WasmFunction => ({ name, parameters, body: constant(value) });
  return {
    text: { 1024: builtins, 2048: '{"main/report":0}', 3072: '[]' },
    functions: [
      answering('builtins', 0, 1024),
      answering('entrypoints', 0, 2048),
      { name: 'opa_json_dump', parameters: 1, body: [0x20, 0] },
      answering('opa_malloc', 1, 8192),
      answering('opa_json_parse', 2, 1),
      answering('opa_heap_ptr_get', 0, 16_384),
      answering('opa_heap_ptr_set', 1, 0),
      { name: 'opa_eval', parameters: 7, body: evaluation },
    ],
  };
}

function section(kind: number, content: readonly number[]): readonly number[] {
  return [kind, ...unsigned(content.length), ...content];
}

function list(items: readonly (readonly number[])[]): readonly number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function named(text: string): readonly number[] {
  return bytesOf(text);
}

function bytesOf(text: string): readonly number[] {
  const bytes = Buffer.from(text);
  return [...unsigned(bytes.length), ...bytes];
}

function unsigned(value: number): readonly number[] {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...unsigned(Math.floor(value / 128))];
}

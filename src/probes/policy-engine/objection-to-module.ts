/** What OPA's modules import from `env`, and nothing else is given to one. */
const imports: ReadonlySet<string> = new Set(['memory', 'opa_abort', 'opa_println', 'opa_builtin0', 'opa_builtin1', 'opa_builtin2', 'opa_builtin3', 'opa_builtin4']);

const memorySection = 5;
const headerBytes = 8;

/**
 * Why a module may not even be instantiated; null when it may. A memory of its own would be bounded by nobody. A
 * function that runs at the start is usual, and has the time that loading has.
 */
export function objectionToModule(wasm: Uint8Array, module: WebAssembly.Module): string | null {
  const imported = WebAssembly.Module.imports(module);
  const stranger = imported.find((one) => one.module !== 'env' || !imports.has(one.name) || (one.kind === 'memory') !== (one.name === 'memory'));
  if (stranger !== undefined) return `it imports the ${stranger.kind} ${JSON.stringify(`${stranger.module}.${stranger.name}`.slice(0, 80))}, which policies are not given`;
  if (imported.filter(({ kind }) => kind === 'memory').length !== 1) return 'it does not import exactly one memory';
  return sectionsOf(wasm).includes(memorySection) ? 'it has a memory of its own' : null;
}

/** The kinds of sections, in order (WebAssembly 1.0, section 5.5.2). The module compiled, so its form is right. */
function sectionsOf(wasm: Uint8Array): readonly number[] {
  const kinds: number[] = [];
  for (let place = headerBytes; place < wasm.length; ) {
    kinds.push(wasm[place] ?? 0);
    const { value, next } = unsignedAt(wasm, place + 1);
    place = next + value;
  }
  return kinds;
}

/** LEB128. */
function unsignedAt(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let place = start, factor = 1; place < bytes.length; place += 1, factor *= 128) {
    const byte = bytes[place] ?? 0;
    value += (byte % 128) * factor;
    if (byte < 128) return { value, next: place + 1 };
  }
  return { value, next: bytes.length };
}

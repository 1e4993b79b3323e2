/** The part of the WebAssembly JavaScript interface that is used: TypeScript has it only together with all of a browser. */
declare namespace WebAssembly {
  interface Module {
    readonly ' module': never;
  }
  const Module: { imports(module: Module): readonly { readonly module: string; readonly name: string; readonly kind: 'function' | 'table' | 'memory' | 'global' | 'tag' }[] };
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  interface MemoryDescriptor {
    initial: number;
    maximum?: number;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  interface WebAssemblyInstantiatedSource {
    readonly instance: Instance;
  }
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>;
}

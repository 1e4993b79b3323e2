import type { Digest } from '../../domain/digest.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';

/** Bytes are of module and data together, as they are kept. */
export interface KeptBounds {
  readonly most: number;
  /** Of one: a larger one would take the room of all others. */
  readonly largest: number;
  /** Of all. */
  readonly bytes: number;
}

export const usualBounds: KeptBounds = { most: 20, largest: 4 * 1024 * 1024, bytes: 16 * 1024 * 1024 };

/** By its key, compiled where it is not known. */
export type CompileOnce = (key: Digest, compile: () => Promise<Compilation>) => Promise<Compilation>;

interface Kept {
  readonly compilation: Promise<Compilation>;
  /** 0 while it is underway. */
  readonly size: number;
}

/** Compilations that one process keeps, beside the cache on the disk: those that were asked for last. Who asks at once shares the answer, and what stays so is kept. */
export function createKeptCompilations({ most, largest, bytes }: KeptBounds = usualBounds): CompileOnce {
  const known = new Map<Digest, Kept>();

  function settle(key: Digest, compilation: Promise<Compilation>, size: number | null): void {
    // Another one may have taken its place meanwhile.
    if (known.get(key)?.compilation !== compilation) return;
    known.delete(key);
    if (size === null || size > largest) return;
    known.set(key, { compilation, size });
    makeRoom();
  }

  function makeRoom(): void {
    let total = [...known.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [key, { size }] of known) {
      if (known.size <= most && total <= bytes) return;
      known.delete(key);
      total -= size;
    }
  }

  return async (key, compile) => {
    const before = known.get(key);
    if (before !== undefined) {
      known.delete(key);
      known.set(key, before);
      return await before.compilation;
    }
    const compilation = compile();
    known.set(key, { compilation, size: 0 });
    try {
      const compiled = await compilation;
      settle(key, compilation, sizeOf(compiled));
      return compiled;
    } catch (thrown) {
      settle(key, compilation, null);
      throw thrown;
    }
  };
}

/** Null: it may come out otherwise when it is tried again. */
function sizeOf(compilation: Compilation): number | null {
  switch (compilation.kind) {
    case 'compiled':
      return compilation.policies.wasm.length + compilation.policies.data.length;
    case 'refused':
      return compilation.why.length;
    case 'unavailable':
      return null;
  }
}

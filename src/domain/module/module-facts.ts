/** What one module of TypeScript or JavaScript takes from others, and what it gives. */
export interface ModuleFacts {
  readonly uses: readonly ModuleUse[];
  /** Names that it gives, but for those that it passes on; `default` is one. */
  readonly exports: readonly string[];
  /** Names that it takes from another module and gives. */
  readonly passes: readonly string[];
  /** Specifiers of modules of which it gives all names but `default`. */
  readonly passesAllOf: readonly string[];
  /** Whether it may give more than can be read from it: CommonJS, `export =`. */
  readonly isOpen: boolean;
}

/** A place where a module needs another one. */
export interface ModuleUse {
  /** As it is written: `./cart.ts`. */
  readonly specifier: string;
  /** Null where no name is taken: the module has to be there, and no more. */
  readonly name: string | null;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** `unread`: no module, or not to be read within the limits, and asking again would not change that. */
export type ModuleReading =
  | { readonly kind: 'read'; readonly facts: ModuleFacts }
  /** `isBeyondLimits`: somebody could tell, with more time or room. */
  | { readonly kind: 'unread'; readonly why: string; readonly isBeyondLimits?: true };

/** How many names a module takes and gives. */
export function namesIn({ uses, exports, passes, passesAllOf }: ModuleFacts): number {
  return uses.length + exports.length + passes.length + passesAllOf.length;
}

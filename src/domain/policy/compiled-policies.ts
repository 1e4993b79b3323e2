import type { Digest } from '../digest.ts';
import type { RuleMetadata } from './rule-metadata.ts';

/** Policies that are ready to be evaluated. Compiled from Rego, or taken from a signed bundle. */
export interface CompiledPolicies {
  /** Over module, data and rules: two with one digest answer alike. */
  readonly digest: Digest;
  readonly wasm: Uint8Array;
  /** JSON: what `data` holds beside the rules. */
  readonly data: string;
  /** `<area>/<code>` of every rule that they hold, sorted. */
  readonly rules: readonly string[];
  /** What their authors say of those that have METADATA, sorted; left out: nothing. */
  readonly metadata?: readonly RuleMetadata[];
}

export type Compilation =
  | { readonly kind: 'compiled'; readonly policies: CompiledPolicies }
  /** They are wrong, and stay so until somebody changes them. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Not to be told: the machine failed, or they are over a limit of time or memory. */
  | { readonly kind: 'unavailable'; readonly why: string };

import type { JsonObject } from '../../domain/json-value.ts';

/** What became of a token. A reason never holds a part of it. */
export type TokenVerdict =
  | { readonly kind: 'verified'; readonly claims: JsonObject }
  | { readonly kind: 'refused'; readonly why: string }
  /** The keys of its issuer could not be had: nobody knows whether it is good. */
  | { readonly kind: 'unavailable'; readonly why: string };

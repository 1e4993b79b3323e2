/**
 * What is known of a package. `untold`: nobody may ask, now or later. `unknown`: it was not, or could not be, asked. `proven`: the base knows it, or
 * it lies in the repository itself.
 */
export type PackageOutcome =
  /** `left`: nobody asks here, but the App does. */
  | { readonly kind: 'proven' | 'left' }
  | { readonly kind: 'exists'; readonly near?: string }
  | { readonly kind: 'missing'; readonly what: 'package' | 'version'; readonly near?: string }
  /** It is to be in the repository, and is not. */
  | { readonly kind: 'nowhere'; readonly why: string }
  | { readonly kind: 'withdrawn'; readonly word: string }
  | { readonly kind: 'untold' | 'unknown'; readonly why: string };

/** What the author of a rule says of it, in METADATA above its package. */
export interface RuleMetadata {
  /** `<area>/<code>`. */
  readonly rule: string;
  readonly title: string | null;
  /** How to mend what it finds. */
  readonly remedy: string | null;
  /** Addresses of pages about it. */
  readonly resources: readonly string[];
  /** ISO 8601, UTC: until then it warns, from then on it decides. Null: it decides at once. */
  readonly effectiveOn: string | null;
}

/** A file of a policy tree: Rego, or a `data.json` whose folder says where its values stand. */
export interface PolicyFile {
  /** Relative to the tree, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

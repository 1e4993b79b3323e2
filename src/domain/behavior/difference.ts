import type { Digest } from '../digest.ts';
import type { JsonValue } from '../json-value.ts';
import type { Sha } from '../tree.ts';

/*
 * What sources that compare by themselves find, as it stands in `{differences: […]}` of their answers. What mends a drift reads
 * it: a member that is there keeps its name and meaning. No content of a file and no value of a plan is ever among them.
 * Aliases, since an interface is no JSON value.
 */

/** A file as git has it. `blob` stands for its content. */
export type FileState = {
  readonly blob: Sha;
  /** Of git: `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
};

/** A managed file that is not as its template. */
export type FileDifference = {
  /** `changed`: another content, or no file. `mode`: the same content, executable or not otherwise than the template. */
  readonly kind: 'missing' | 'changed' | 'mode';
  readonly path: string;
  /** As the behaviour names it: a path in the repository, or `org:` and one in the organisation's. */
  readonly template: string;
  /** The template's. Who restores it reads the template anew, and writes nothing where that is another one by now. */
  readonly expected: FileState;
  readonly found: FileState | null;
};

/** A setting of the repository that is not as declared. */
export type SettingDifference = {
  readonly kind: 'missing' | 'changed';
  /** JSON pointer into the declared file: `/merge/squash`. */
  readonly setting: string;
  readonly expected: JsonValue;
  /** Null: there is none. */
  readonly found: JsonValue;
};

/** A contract of the default branch that is not as the record of releases has it. */
export type ContractDifference = {
  /**
   * `changed`: another content stands under a released version. `gone`: what was released and has to stand does not.
   * `unreleased`: something stands as released that the record does not have. `set-back`: it stands in a state that it has left.
   * `mislinked`: the newest release names another version than the one before it.
   */
  readonly kind: 'changed' | 'gone' | 'unreleased' | 'set-back' | 'mislinked';
  readonly contractId: string;
  readonly version: string;
  /** What was released: restoring it is bringing back `blob` at `path`, in the state `lifecycle`. Null of what was not. */
  readonly released: { readonly path: string; readonly commit: Sha; readonly blob: Sha; readonly contentHash: Digest; readonly lifecycle: string } | null;
  /** What stands there; null: nothing. */
  readonly found: { readonly path: string; readonly contentHash: Digest; readonly lifecycle: string } | null;
};

/** What a plan would change. */
export type ResourceDifference = {
  readonly kind: 'planned';
  /** Of the resource: `module.shop.aws_s3_bucket.assets`. */
  readonly address: string;
  /** As the plan lists them: `update`; replacing is `delete` and `create` in the order of their doing. */
  readonly actions: readonly string[];
};

/** Quotas of an agent that are passed while its contract is not halted. */
export type QuotaDifference = {
  readonly kind: 'exceeded';
  /** Login in lower case. */
  readonly agent: string;
  /** Path of the contract. */
  readonly contract: string;
  /** Of those windows that are passed the one that ends last: until its end it is one drift, whatever else is passed. ISO 8601. */
  readonly window: { readonly from: string; readonly to: string };
  /** Each quota of that window that is passed, in tokens or pico-dollars. */
  readonly exceeded: readonly QuotaExceeded[];
};

export type QuotaExceeded = { readonly scope: string; readonly measure: string; readonly zone: string; readonly limit: string; readonly used: string };

export type Difference = FileDifference | SettingDifference | ContractDifference | ResourceDifference | QuotaDifference;

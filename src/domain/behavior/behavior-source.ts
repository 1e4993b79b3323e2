/** Where the answers about a behaviour come from. */
export type BehaviorSource =
  | HttpJsonSource
  | PrometheusSource
  | OpenapiSource
  | GithubActionsSource
  | { readonly kind: 'repository-files'; readonly files: readonly ManagedFile[] }
  /** `declared`: path of the file with the settings as they are meant. */
  | { readonly kind: 'repository-settings'; readonly declared: string }
  /** `contracts`: names of contract sets; null: all. */
  | { readonly kind: 'contract-releases'; readonly contracts: readonly string[] | null }
  | { readonly kind: 'terraform-plan'; readonly workflow: string; readonly artifact: string; readonly file: string }
  | UsageQuotasSource;

export type SourceKind = BehaviorSource['kind'];

export interface HttpJsonSource {
  readonly kind: 'http-json';
  readonly url: string;
  /** Name of a secret that the operator grants; null: none is sent. */
  readonly secret: string | null;
  /** Where the answer says when it was measured; null: when it came. */
  readonly observedAt: string | null;
  /** Where the answer says what made it. */
  readonly generator: string;
}

export interface PrometheusSource {
  readonly kind: 'prometheus';
  readonly url: string;
  readonly secret: string | null;
  readonly queries: readonly PrometheusQuery[];
}

export interface PrometheusQuery {
  /** At which the answer stands, as `/name`. */
  readonly name: string;
  readonly query: string;
  /** Milliseconds. Null: one number, as of now. */
  readonly range: { readonly window: number; readonly step: number } | null;
}

export interface OpenapiSource {
  readonly kind: 'openapi';
  /** Path of the OpenAPI document. */
  readonly document: string;
  readonly server: string;
  readonly secret: string | null;
  readonly operations: readonly OpenapiOperation[];
}

export interface OpenapiOperation {
  readonly id: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface GithubActionsSource {
  readonly kind: 'github-actions';
  /** `owner/repository/.github/workflows/sample.yml` of the reusable workflow that alone may send samples. */
  readonly workflow: string;
  /** The governed ref at which it runs. */
  readonly ref: string;
  /** Milliseconds for which samples of a change are awaited. */
  readonly waitFor: number;
}

export interface ManagedFile {
  readonly path: string;
  /** A path in the repository, or `org:` and one in the organisation's. */
  readonly template: string;
}

export interface UsageQuotasSource {
  readonly kind: 'usage-quotas';
  /** Login; its case says nothing. */
  readonly agent: string;
  /** Path of the contract that is halted while a quota of the agent is passed. */
  readonly contract: string;
}

/** Whether it is bound to the head of a change; of others nobody can say which commit they speak of. */
export function isBoundToHead(kind: SourceKind): boolean {
  return kind === 'github-actions' || kind === 'repository-files' || kind === 'terraform-plan';
}

/** Whether it compares by itself, and answers `{differences: […]}`. */
export function isComparing(kind: SourceKind): boolean {
  return kind !== 'http-json' && kind !== 'prometheus' && kind !== 'github-actions';
}

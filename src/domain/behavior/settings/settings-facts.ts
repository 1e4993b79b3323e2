import type { JsonObject } from '../../json-value.ts';

/** A rule in force on a branch, of a ruleset of the repository or above it. */
export interface BranchRule {
  /** `pull_request`, `required_status_checks`, … */
  readonly type: string;
  readonly parameters: JsonObject;
}

export interface RulesetFacts {
  readonly name: string;
  /** `branch`, `tag` or `push`; null: GitHub does not say. */
  readonly target: string | null;
  /** `active`, `evaluate` or `disabled`. */
  readonly enforcement: string;
}

/** What GitHub tells of a repository, as far as it was asked. */
export interface SettingsFacts {
  /** The repository as GitHub describes it. What it does not show is left out. */
  readonly repository: JsonObject;
  /** By branch. */
  readonly rules: ReadonlyMap<string, readonly BranchRule[]>;
  readonly rulesets: readonly RulesetFacts[];
}

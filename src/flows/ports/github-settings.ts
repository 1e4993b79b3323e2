import type { BranchRule, RulesetFacts } from '../../domain/behavior/settings/settings-facts.ts';
import type { JsonObject } from '../../domain/json-value.ts';

/** Settings of the repository, as far as an App without the permission `administration` sees them. What can not be read throws. */
export interface GitHubSettings {
  /** As GitHub describes the repository; a member that it does not show is left out. `merges`: with what concerns merges, which takes the right to write contents. */
  settings(wanted: { readonly merges: boolean }): Promise<JsonObject>;
  /** All in force on a branch of the name, whether it is there or not. */
  rules(branch: string): Promise<readonly BranchRule[]>;
  /** Of the repository and above it. */
  rulesets(): Promise<readonly RulesetFacts[]>;
}

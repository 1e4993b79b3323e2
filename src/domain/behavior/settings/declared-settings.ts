import schema from '../../../../schemas/repository-settings.schema.json' with { type: 'json' };
import { member } from '../../configuration/member.ts';
import { ownSchema } from '../../configuration/own-schema.ts';
import { pointerBelow } from '../../document/pointer.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject, JsonValue } from '../../json-value.ts';

/** One setting as it is meant. */
export interface DeclaredSetting {
  /** JSON pointer in the declared file. */
  readonly pointer: string;
  /** As GitHub's description of a repository calls it. */
  readonly member: string;
  readonly value: JsonValue;
}

export interface DeclaredSettings {
  readonly settings: readonly DeclaredSetting[];
  /** Parameters by type of rule, by branch. */
  readonly rules: Readonly<Record<string, JsonObject>>;
  /** `enforcement`, and perhaps `target`, by name. */
  readonly rulesets: JsonObject;
}

export type DeclaredReading = { readonly kind: 'declared'; readonly declared: DeclaredSettings } | { readonly kind: 'invalid'; readonly why: string };

const violationsOf = ownSchema(schema, 'declaration of settings');

/** Reads a file of `schemas/repository-settings.schema.json` strictly. */
export function readDeclaredSettings(value: JsonValue): DeclaredReading {
  const [violation] = violationsOf(value);
  if (violation !== undefined || !isJsonObject(value)) return { kind: 'invalid', why: violation?.message ?? 'it is no object' };
  const rules = Object.entries(member.object(value, 'rules')).flatMap(([branch, ofBranch]) => (isJsonObject(ofBranch) ? [[branch, ofBranch] as const] : []));
  return { kind: 'declared', declared: { settings: [...settingsIn(value, '', plain), ...settingsIn(member.object(value, 'features'), '/features', features), ...settingsIn(member.object(value, 'merge'), '/merge', merges)], rules: Object.fromEntries(rules), rulesets: member.object(value, 'rulesets') } };
}

/** Whether some of it is shown only to who may write contents. */
export function namesMerges({ settings }: DeclaredSettings): boolean {
  return settings.some(({ pointer }) => pointer.startsWith('/merge/'));
}

type Names = Readonly<Record<string, string>>;

const plain: Names = { visibility: 'visibility', defaultBranch: 'default_branch', archived: 'archived', template: 'is_template', allowForking: 'allow_forking', webCommitSignoff: 'web_commit_signoff_required', topics: 'topics' };

const features: Names = { issues: 'has_issues', projects: 'has_projects', wiki: 'has_wiki', discussions: 'has_discussions', pages: 'has_pages' };

const merges: Names = {
  mergeCommit: 'allow_merge_commit',
  squash: 'allow_squash_merge',
  rebase: 'allow_rebase_merge',
  auto: 'allow_auto_merge',
  deleteBranch: 'delete_branch_on_merge',
  updateBranch: 'allow_update_branch',
  squashTitle: 'squash_merge_commit_title',
  squashMessage: 'squash_merge_commit_message',
  mergeTitle: 'merge_commit_title',
  mergeMessage: 'merge_commit_message',
};

function settingsIn(declared: JsonObject, pointer: string, names: Names): readonly DeclaredSetting[] {
  return Object.entries(names).flatMap(([name, called]) => {
    const value = declared[name];
    return value === undefined ? [] : [{ pointer: pointerBelow(pointer, name), member: called, value }];
  });
}

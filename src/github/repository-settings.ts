import { Failure } from '../domain/failure.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import type { BranchRule, RulesetFacts } from '../domain/behavior/settings/settings-facts.ts';
import { optionalTextAt, textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

export async function readRepositorySettings(calls: RepositoryCalls, { merges }: { readonly merges: boolean }): Promise<JsonObject> {
  const { body } = await (merges ? calls.readAsCommitter() : calls.read(''));
  return objectIn(body);
}

export async function readRules(calls: RepositoryCalls, branch: string): Promise<readonly BranchRule[]> {
  const rules: BranchRule[] = [];
  await forEachItem((page) => calls.read('/rules/branches/{branch}', { branch, ...page }), [], (rule) => {
    const parameters = valueAt(rule, ['parameters']);
    rules.push({ type: textAt(rule, ['type']), parameters: parameters === undefined || parameters === null ? {} : objectIn(parameters) });
  });
  return rules;
}

export async function readRulesets(calls: RepositoryCalls): Promise<readonly RulesetFacts[]> {
  const rulesets: RulesetFacts[] = [];
  await forEachItem((page) => calls.read('/rulesets', { includes_parents: true, ...page }), [], (ruleset) => {
    rulesets.push({ name: textAt(ruleset, ['name']), target: optionalTextAt(ruleset, ['target']), enforcement: textAt(ruleset, ['enforcement']) });
  });
  return rulesets;
}

/** A copy, so that nothing but JSON is in it. */
function objectIn(body: unknown): JsonObject {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Failure('GITHUB_UNAVAILABLE', "Cannot read GitHub's answer: no object, expected one");
  return Object.fromEntries(Object.entries(body).map(([name, member]: [string, unknown]) => [name, jsonOf(member)]));
}

function jsonOf(value: unknown): JsonValue {
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => jsonOf(item));
  return typeof value === 'object' && value !== null ? objectIn(value) : null;
}

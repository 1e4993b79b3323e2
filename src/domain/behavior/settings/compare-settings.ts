import { pointerBelow } from '../../document/pointer.ts';
import { quoted } from '../../finding.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject } from '../../json-value.ts';
import type { SettingDifference } from '../difference.ts';
import type { DeclaredSettings } from './declared-settings.ts';
import { isEachIn, isSameSetting, listsObjects } from './is-same-setting.ts';
import type { BranchRule, RulesetFacts, SettingsFacts } from './settings-facts.ts';

export type SettingsComparison = { readonly kind: 'compared'; readonly differences: readonly SettingDifference[] } | { readonly kind: 'incomparable'; readonly why: string };

/** Declared settings against what GitHub tells, in the order of the declaration. What it does not show is neither equal nor different: then nothing is told. */
export function compareSettings({ settings, rules, rulesets }: DeclaredSettings, facts: SettingsFacts): SettingsComparison {
  const differences: SettingDifference[] = [];
  for (const { pointer, member, value } of settings) {
    const found = Object.hasOwn(facts.repository, member) ? facts.repository[member] : undefined;
    if (found === undefined || found === null) return { kind: 'incomparable', why: `GitHub does not show this App the setting ${quoted(member)}, which ${quoted(pointer)} declares` };
    if (!isSameSetting(value, found)) differences.push({ kind: 'changed', setting: pointer, expected: value, found });
  }
  for (const [branch, declared] of Object.entries(rules)) {
    const inForce = facts.rules.get(branch);
    if (inForce === undefined) return { kind: 'incomparable', why: `the rules of the branch ${quoted(branch)} were not read` };
    differences.push(...Object.entries(declared).flatMap(([type, parameters]) => (isJsonObject(parameters) ? ruleDifferences(pointerBelow(pointerBelow('/rules', branch), type), parameters, inForce.filter((rule) => rule.type === type)) : [])));
  }
  return { kind: 'compared', differences: [...differences, ...Object.entries(rulesets).flatMap(([name, declared]) => (isJsonObject(declared) ? rulesetDifferences(name, declared, facts.rulesets) : []))] };
}

/** Rules of one type from several rulesets hold together: a parameter is met where one of them has it. */
function ruleDifferences(pointer: string, declared: JsonObject, inForce: readonly BranchRule[]): readonly SettingDifference[] {
  if (inForce.length === 0) return [{ kind: 'missing', setting: pointer, expected: declared, found: null }];
  return Object.entries(declared).flatMap(([name, expected]) => {
    const found = inForce.flatMap(({ parameters }) => (Object.hasOwn(parameters, name) ? (parameters[name] ?? []) : []));
    const values = inForce.map(({ parameters }) => (Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null));
    const isMet = listsObjects(expected) ? isEachIn(expected, found) : values.some((value) => isSameSetting(expected, value));
    return isMet ? [] : [{ kind: 'changed', setting: pointerBelow(pointer, name), expected, found: values.find((value) => value !== null) ?? null }];
  });
}

/** Of several with one name, in the repository and above it, one has to be as declared. */
function rulesetDifferences(name: string, declared: JsonObject, rulesets: readonly RulesetFacts[]): readonly SettingDifference[] {
  const setting = pointerBelow('/rulesets', name);
  const named = rulesets.filter((ruleset) => ruleset.name === name).map(({ target, enforcement }) => ({ enforcement, target }));
  const [first] = named;
  if (first === undefined) return [{ kind: 'missing', setting, expected: declared, found: null }];
  return named.some((found) => isSameSetting(declared, found)) ? [] : [{ kind: 'changed', setting, expected: declared, found: first }];
}

import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Compilation } from '../../domain/policy/compiled-policies.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';
import { complaintOf } from './complaint-of.ts';
import type { Opa } from './find-opa.ts';
import { lineOfRule, objectionToResults, objectionToTests } from './objection-to-heads.ts';
import type { HeadObjection } from './objection-to-heads.ts';
import { isTestPath } from './policy-tree.ts';
import { readMetadata } from './read-metadata.ts';
import { runOpa } from './run-opa.ts';
import type { OpaLimits } from './run-opa.ts';

export type RulesReading =
  /** `<area>/<code>`, sorted. */
  | { readonly kind: 'rules'; readonly rules: readonly string[]; readonly metadata: readonly RuleMetadata[] }
  | Exclude<Compilation, { readonly kind: 'compiled' }>;

/** A package of one file. */
interface Space {
  readonly path: string;
  /** From `data` on. */
  readonly space: string;
}

const rulePackage = /^data\.plumbline\.rules\.([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$/;

/**
 * The rules by the packages that there are: a rule that says nothing is still known to be there. The tests are read too,
 * since a rule among them would be missing, and a test that is passed over would count as one that passes.
 */
export async function readRules(opa: Opa, tree: string, limits: OpaLimits): Promise<RulesReading> {
  const inspected = await jsonOf(opa, ['inspect', '--annotations', '--v1-compatible', '--format', 'json', '.'], tree, limits);
  if (inspected.kind !== 'json') return inspected;
  const rules = new Set<string>();
  for (const { path, space } of spacesOf(inspected.value)) {
    const objection = objectionToSpace(path, space);
    if (objection !== null) return { kind: 'refused', why: `${path}: ${objection}` };
    const [, area, code] = rulePackage.exec(space) ?? [];
    const isTest = isTestPath(path);
    if (!isTest && (area === undefined || code === undefined)) continue;
    const parsed = await jsonOf(opa, parsing(path, '-comments'), tree, limits);
    if (parsed.kind !== 'json') return parsed;
    const wrong = isTest ? objectionToTests(parsed.value) : objectionToResults(parsed.value);
    if (wrong !== null) return { kind: 'refused', why: `${await placeOf(wrong, path, { opa, tree, limits })}: ${wrong.why}` };
    if (!isTest) rules.add(`${area}/${code}`);
  }
  const read = readMetadata(inspected.value);
  return read.kind === 'refused' ? read : { kind: 'rules', rules: [...rules].toSorted(), metadata: read.metadata };
}

/** Where a rule stands takes many times the text of the file to say, so it is asked for only where one is wrong. */
async function placeOf({ rule }: HeadObjection, path: string, { opa, tree, limits }: { readonly opa: Opa; readonly tree: string; readonly limits: OpaLimits }): Promise<string> {
  const parsed = await jsonOf(opa, parsing(path, 'locations,-comments'), tree, limits);
  const line = parsed.kind === 'json' ? lineOfRule(parsed.value, rule) : null;
  return line === null ? path : `${path}:${line}`;
}

function parsing(path: string, included: string): readonly string[] {
  return ['parse', '--v1-compatible', '--format', 'json', `--json-include=${included}`, path];
}

async function jsonOf(opa: Opa, words: readonly string[], tree: string, limits: OpaLimits): Promise<{ readonly kind: 'json'; readonly value: JsonValue } | Exclude<RulesReading, { readonly kind: 'rules' }>> {
  const run = await runOpa(opa, words, tree, limits);
  if (run.kind === 'unavailable') return run;
  return run.code === 0 ? { kind: 'json', value: JSON.parse(run.output) } : { kind: 'refused', why: complaintOf(run) };
}

function spacesOf(inspected: JsonValue): readonly Space[] {
  const spaces = isJsonObject(inspected) ? inspected['namespaces'] : undefined;
  if (!isJsonObject(spaces)) return [];
  return Object.entries(spaces).flatMap(([space, paths]) => (Array.isArray(paths) ? paths.map((path) => ({ path: String(path), space })) : [])).filter(({ path }) => path.endsWith('.rego'));
}

function objectionToSpace(path: string, space: string): string | null {
  const found = `found the package ${space.slice('data.'.length, 200)}`;
  if (/^data\.main(?:$|[.[])/.test(space)) return "found the package main, which is Plumbline's own";
  if (/^data\.plumbline(?:$|[.[])/.test(space) && !rulePackage.test(space)) return `${found}, expected plumbline.rules.<area>.<code> in small letters, digits and underscores`;
  if (isTestPath(path)) return space.endsWith('_test') ? null : `${found} in a file of tests, expected one that ends in _test: what is in it has no part in a decision`;
  return rulePackage.test(space) && space.endsWith('_test') ? `${found}, which is named like a test, expected another code` : null;
}

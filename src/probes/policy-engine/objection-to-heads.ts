import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

/** What is wrong with one rule of a file, by its place among them. */
export interface HeadObjection {
  readonly rule: number;
  readonly why: string;
}

/** Why the rules of a file that says results are not what they have to be; null where they are. The module is what `opa parse` makes of the file. */
export function objectionToResults(module: JsonValue): HeadObjection | null {
  return firstOf(module, (rule, [name]) => (name === 'result' ? objectionToResult(rule) : null));
}

/** The same of a file of tests. */
export function objectionToTests(module: JsonValue): HeadObjection | null {
  return firstOf(module, (_, names) => {
    const [name = '', ...rest] = names;
    if (name === 'result') return 'found a result in a file of tests, expected none: what is in it has no part in a decision';
    // OPA goes by the last part of a name, and is silent of what it passes over.
    if (!/^(?:todo_)?test_/.test(name) || rest.length === 0) return null;
    return `found ${name.slice(0, 100)} with something after its name, which is not run as a test: expected test_… alone, or another name`;
  });
}

/** Only with `contains`, and from a body, is what a rule says put together of what was true. */
function objectionToResult({ head, body }: JsonObject): string | null {
  const nothing = 'what nothing had to be true for is no answer';
  if (!isJsonObject(head) || !Object.hasOwn(head, 'key') || Object.hasOwn(head, 'value')) return `found a result that is assigned or has a default, expected result contains … if …: ${nothing}`;
  return Array.isArray(body) && body.some((expression) => !isAlwaysTrue(expression)) ? null : `found a result without a body, expected result contains … if …: ${nothing}`;
}

/** A body that is left out is read as `true`. */
function isAlwaysTrue(expression: JsonValue): boolean {
  const terms = isJsonObject(expression) ? expression['terms'] : null;
  return isJsonObject(terms) && terms['type'] === 'boolean' && terms['value'] === true;
}

function firstOf(module: JsonValue, objectionTo: (rule: JsonObject, names: readonly string[]) => string | null): HeadObjection | null {
  for (const [place, rule] of rulesOf(module).entries()) {
    const why = isJsonObject(rule) ? objectionTo(rule, namesOf(rule)) : null;
    if (why !== null) return { rule: place, why };
  }
  return null;
}

/** Line of a rule, of a module that was parsed with locations; null where it has none. */
export function lineOfRule(module: JsonValue, place: number): number | null {
  const rule = rulesOf(module)[place];
  const location = isJsonObject(rule) ? rule['location'] : undefined;
  const line = isJsonObject(location) ? location['row'] : undefined;
  return typeof line === 'number' ? line : null;
}

function rulesOf(module: JsonValue): readonly JsonValue[] {
  return isJsonObject(module) && Array.isArray(module['rules']) ? module['rules'] : [];
}

/** What a head is called, part by part; empty for a part that has no name. */
function namesOf({ head }: JsonObject): readonly string[] {
  const parts = isJsonObject(head) && Array.isArray(head['ref']) ? head['ref'] : [];
  return parts.map((part) => (isJsonObject(part) && typeof part['value'] === 'string' ? part['value'] : ''));
}

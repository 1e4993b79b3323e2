import type { JsonValue } from '../../../domain/json-value.ts';
import { expressionsIn } from './expressions-in.ts';
import { memberOf, membersOf } from './member-of.ts';
import { namesHead } from './names-head.ts';
import { isOwnRef } from './own-refs.ts';
import { bringsHead } from './script-uses.ts';
import { scriptsOf } from './scripts-of.ts';
import { stepsOf } from './steps-of.ts';
import { textsIn } from './texts-in.ts';

/**
 * Where a job brings in what the author of a pull request wrote, each as one text. Found are checkouts of another ref or
 * repository, git, gh and archives in scripts, and inputs of other actions and workflows that name the head. What a script of
 * the repository, an action or an artifact brings in by itself can not be told from the file.
 * @param isHeadShared Whether the environment of the whole workflow names the head.
 */
export function headUses(job: JsonValue, isHeadShared: boolean): readonly string[] {
  const outer = isHeadShared || textsIn(memberOf(job, 'env')).some(namesHead);
  const called = membersOf(memberOf(job, 'with')).flatMap(([name, value]) => (textsIn(value).some(namesHead) ? [`with ${name}: ${textOf(value)}`] : []));
  return [...new Set([...called, ...stepsOf(job).flatMap((step) => usesOfStep(step, outer))])];
}

function usesOfStep(step: JsonValue, isHeadInEnvironment: boolean): readonly string[] {
  const isHead = isHeadInEnvironment || textsIn(memberOf(step, 'env')).some(namesHead);
  const scripts = scriptsOf(step).flatMap(({ name, text }) => (bringsHead(text, isHead) ? [`${name}: ${text}`] : []));
  const uses = memberOf(step, 'uses');
  const action = typeof uses === 'string' ? uses.split('@')[0]?.trim().toLowerCase() ?? '' : '';
  const inputs = membersOf(memberOf(step, 'with')).flatMap(([name, value]) => {
    const text = textOf(value);
    const isRef = action.includes('checkout') && ['ref', 'repository'].includes(name.toLowerCase());
    return (isRef ? leadsElsewhere(text, name) : namesHead(text)) ? [`${action} ${name}: ${text}`] : [];
  });
  return [...scripts, ...inputs];
}

/** Whether a ref or repository of a checkout may be another than the base's. */
function leadsElsewhere(text: string, name: string): boolean {
  const expressions = expressionsIn(text);
  if (expressions.length === 0) return name.toLowerCase() === 'ref' && text.toLowerCase().includes('pull/');
  return expressions.some((expression) => !isOwnRef(expression));
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

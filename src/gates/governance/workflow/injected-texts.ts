import type { JsonValue } from '../../../domain/json-value.ts';
import { expressionsIn } from './expressions-in.ts';
import { memberOf, membersOf } from './member-of.ts';
import { scriptsOf } from './scripts-of.ts';
import { stepsOf } from './steps-of.ts';
import { textsIn } from './texts-in.ts';

/**
 * Expressions that a job writes into its scripts, or into the images that it runs, and whose text a stranger may choose: there it
 * is part of the program. A variable that the script itself reads is none; one that `${{ env.… }}` writes into it is.
 * @param isShared Whether the environment of the whole workflow has such a text.
 */
export function injectedTexts(job: JsonValue, isShared: boolean): readonly string[] {
  const outer = isShared || hasStrangersText(memberOf(job, 'env'));
  const images = containersOf(job).flatMap(expressionsIn).filter((expression) => isStrangers(expression, outer));
  const found = stepsOf(job).flatMap((step) => {
    const isInEnvironment = outer || hasStrangersText(memberOf(step, 'env'));
    return scriptsOf(step).flatMap(({ text }) => expressionsIn(text)).filter((expression) => isStrangers(expression, isInEnvironment));
  });
  return [...new Set([...images, ...found].map((expression) => `\${{ ${expression} }}`))];
}

/** Images of a job and of its services, with the options that they run by. Who fetches them is no part of them. */
function containersOf(job: JsonValue): readonly string[] {
  const container = memberOf(job, 'container');
  const all = [container, ...membersOf(memberOf(job, 'services')).map(([, service]) => service)];
  return [...textsIn(typeof container === 'string' ? container : undefined), ...all.flatMap((one) => ['image', 'options'].flatMap((name) => textsIn(memberOf(one, name))))];
}

export function hasStrangersText(environment: JsonValue | undefined): boolean {
  return textsIn(environment).flatMap(expressionsIn).some((expression) => isStrangers(expression, false));
}

/** Below `github.event`: what the base, its owner or GitHub itself decides, and what is a number, a time or a yes. */
const harmless = /^(?:(?:repository|organization|enterprise|installation|inputs|client_payload)\.|pull_request\.base\.|(?:\w+\.)*(?:action|number|id|node_id|sha|state|state_reason|conclusion|status|merged|draft|locked|run_id|run_number|run_attempt|author_association|created_at|updated_at|closed_at|merged_at|html_url)$)/;

const people: ReadonlySet<string> = new Set(['head_ref', 'actor', 'triggering_actor']);

function isStrangers(expression: string, isInEnvironment: boolean): boolean {
  return referencesIn(expression).some((reference) => {
    const [context, first, ...rest] = reference.split('.');
    if (context === 'env') return isInEnvironment;
    if (first === undefined || first === '' || first === '*' || people.has(first)) return true;
    return first === 'event' && !harmless.test(rest.join('.'));
  });
}

/** Names below `github` and `env` with dots, whichever way they are written; texts in quotes are none. */
function referencesIn(expression: string): readonly string[] {
  const dotted = expression.toLowerCase().replaceAll(/\s/g, '').replaceAll(/\['([^']{0,200})'\]/g, '.$1').replaceAll(/'[^']*'/g, '');
  return [...dotted.matchAll(/(?<![\w.-])(?:github|env)(?![\w-])((?:\.[\w*-]+){0,20})/g)].map(([reference]) => reference);
}

import type { JsonValue } from '../../../domain/json-value.ts';
import { expressionsIn } from './expressions-in.ts';
import { itemsOf, memberOf, membersOf } from './member-of.ts';
import { namesHead } from './names-head.ts';
import { textsIn } from './texts-in.ts';

/** What the base decides. Any other expression may lead to what a stranger made. */
const ownRefs: ReadonlySet<string> = new Set([
  'github.sha', 'github.ref', 'github.ref_name', 'github.base_ref', 'github.workflow_sha', 'github.repository', 'github.repository_owner',
  'github.event.repository.default_branch', 'github.event.pull_request.base.ref', 'github.event.pull_request.base.sha', 'github.event.pull_request.base.repo.full_name',
]);

const fetching = ['fetch', 'checkout', 'switch', 'clone', 'pull', 'worktree', 'reset'];

/**
 * Where a job brings in what the author of a pull request wrote, each as one text. Found are checkouts of another ref or
 * repository, git and gh in scripts, and inputs of other actions and workflows that name the head. What a script of the
 * repository, an action or an artifact brings in by itself can not be told from the file.
 * @param isHeadShared Whether the environment of the whole workflow names the head.
 */
export function headUses(job: JsonValue, isHeadShared: boolean): readonly string[] {
  const outer = isHeadShared || textsIn(memberOf(job, 'env')).some(namesHead);
  const called = membersOf(memberOf(job, 'with')).flatMap(([name, value]) => (textsIn(value).some(namesHead) ? [`with ${name}: ${textOf(value)}`] : []));
  return [...new Set([...called, ...itemsOf(memberOf(job, 'steps')).flatMap((step) => usesOfStep(step, outer))])];
}

function usesOfStep(step: JsonValue, isHeadInEnvironment: boolean): readonly string[] {
  const run = memberOf(step, 'run');
  if (typeof run === 'string') return usesOfScript(run, isHeadInEnvironment || textsIn(memberOf(step, 'env')).some(namesHead));
  const uses = memberOf(step, 'uses');
  const action = typeof uses === 'string' ? uses.split('@')[0]?.trim().toLowerCase() ?? '' : '';
  return membersOf(memberOf(step, 'with')).flatMap(([name, value]) => {
    const text = textOf(value);
    const isRef = action.includes('checkout') && ['ref', 'repository'].includes(name.toLowerCase());
    return (isRef ? leadsElsewhere(text, name) : namesHead(text)) ? [`${action} ${name}: ${text}`] : [];
  });
}

function usesOfScript(run: string, isHeadInEnvironment: boolean): readonly string[] {
  const script = run.toLowerCase();
  const isGit = /\bgit\b/.test(script) && fetching.some((word) => script.includes(word));
  const isFound = namesHead(run) || script.includes('gh pr checkout') || /\bpull\/[^\s/]{1,200}\/(?:head|merge)\b/.test(script) || (isGit && isHeadInEnvironment);
  return isFound ? [`run: ${run}`] : [];
}

/** Whether a ref or repository of a checkout may be another than the base's. */
function leadsElsewhere(text: string, name: string): boolean {
  const expressions = expressionsIn(text);
  if (expressions.length === 0) return name.toLowerCase() === 'ref' && text.toLowerCase().includes('pull/');
  return expressions.some((expression) => !ownRefs.has(expression.toLowerCase()));
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

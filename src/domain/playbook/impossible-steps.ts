import { objection } from '../behavior/objection.ts';
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { isLifecycle, lifecycles } from '../contract/lifecycle.ts';
import { quoted } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { objectionToPath } from './objection-to-path.ts';

/** @param isShown Whether they are only shown to a person: then they may name what our App must not write. */
export function impossibleSteps(steps: readonly JsonObject[], pointer: string, isShown: boolean): readonly Violation[] {
  const ofKind = (kind: string): readonly number[] => steps.flatMap((step, index) => (step['type'] === kind ? [index] : []));
  const secondIssues = isShown ? [] : ofKind('open-issue').slice(1).map((index) => objection(`${pointer}/${index}`, 'a second issue', 'one step `open-issue`'));
  return [...secondIssues, ...steps.flatMap((step, index) => [...stepObjections(step, `${pointer}/${index}`, isShown), ...keyWithoutBump(steps, index, pointer)])];
}

function stepObjections(step: JsonObject, pointer: string, isShown: boolean): readonly Violation[] {
  const type = member.text(step, 'type');
  if (isShown && (type === 'open-issue' || type === 'notify')) return [objection(`${pointer}/type`, `"${type}" in what an issue shows`, 'a step that changes files')];
  return [
    ...pathObjections(step, pointer, isShown),
    ...(type === 'write-file' && step['text'] !== undefined && step['without'] !== undefined ? [objection(`${pointer}/without`, '`text` and `without`', 'one of them')] : []),
    ...(type === 'set-contract-field' ? valueObjections(step, pointer) : []),
    ...(type === 'open-issue' ? impossibleSteps(member.objects(step, 'shows'), `${pointer}/shows`, true) : []),
  ];
}

function pathObjections(step: JsonObject, pointer: string, isShown: boolean): readonly Violation[] {
  const path = member.text(step, 'path');
  const refused = path === null ? null : objectionToPath(path, { mayWriteWorkflows: isShown });
  return refused === null ? [] : [objection(`${pointer}/path`, `${quoted(path ?? '')}: ${refused.found}`, refused.expected)];
}

function valueObjections(step: JsonObject, pointer: string): readonly Violation[] {
  const { value } = step;
  const expected = value === undefined ? null : expectedValue(member.text(step, 'field') ?? '', value);
  return expected === null ? [] : [objection(`${pointer}/value`, JSON.stringify(value), expected)];
}

/** Null where the field can have the value. */
function expectedValue(field: string, value: JsonValue): string | null {
  switch (field) {
    case 'lifecycle':
      return isLifecycle(value) ? null : `one of ${lifecycles.join(', ')}`;
    case 'kmsKeyRef':
      return typeof value === 'string' && value !== '' ? null : 'a reference of a key';
    case 'emergencyFlags.budgetOverride':
      return value === false ? null : 'false: a playbook lifts no budget';
    default:
      return typeof value === 'boolean' ? null : 'true or false';
  }
}

/** The key is content: without another version it would change what was released. */
function keyWithoutBump(steps: readonly JsonObject[], index: number, pointer: string): readonly Violation[] {
  if (steps[index]?.['field'] !== 'kmsKeyRef' || steps.slice(index + 1).some(({ type }) => type === 'bump-contract')) return [];
  return [objection(`${pointer}/${index}/field`, '"kmsKeyRef" without another version', 'a step `bump-contract` behind it')];
}

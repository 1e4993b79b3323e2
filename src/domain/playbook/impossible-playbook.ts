import { cronProblem } from '../scan/cron.ts';
import type { Violation } from '../configuration/describe-violation.ts';
import { objection } from '../behavior/objection.ts';
import { durationOf } from '../duration.ts';
import { member } from '../configuration/member.ts';
import { isFindingCode, findingRules } from '../finding-code.ts';
import { quoted } from '../finding.ts';
import { instantOf } from '../instant.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { nearestWord } from '../nearest-word.ts';
import { impossibleSteps } from './impossible-steps.ts';

/** What a schema can not say: what of a playbook contradicts itself, promises a rollback that it does not have, or would write where nothing may be written. */
export function impossiblePlaybook(value: JsonObject): readonly Violation[] {
  const steps = member.objects(value, 'steps');
  return [...tierObjections(value, steps), ...codeObjections(value), ...boundObjections(value, steps), ...impossibleSteps(steps, '/steps', false)];
}

function tierObjections(value: JsonObject, steps: readonly JsonObject[]): readonly Violation[] {
  const tier = member.number(value, 'tier') ?? 0;
  if (tier === 3) return [];
  return [
    ...(isJsonObject(value['rollback']) ? [objection('/tier', `${tier} with a rollback of \`none\``, '3, where nothing undoes it')] : []),
    ...(steps.some((step) => step['type'] === 'update-baseline') ? [objection('/tier', `${tier} with a step that moves a baseline`, '3, where what is agreed changes')] : []),
  ];
}

function codeObjections(value: JsonObject): readonly Violation[] {
  const codes = member.texts(member.object(value, 'trigger'), 'codes');
  return codes.flatMap((code, index) => (isFindingCode(code) ? [] : [objection(`/trigger/codes/${index}`, quoted(code), expectedCode(code))]));
}

function expectedCode(code: string): string {
  const near = nearestWord(code, Object.keys(findingRules));
  return near === null ? 'the code of a finding that this version has' : `\`${near}\``;
}

function boundObjections(value: JsonObject, steps: readonly JsonObject[]): readonly Violation[] {
  const bounds = member.object(value, 'bounds');
  const writes = steps.some(({ type }) => type !== 'open-issue' && type !== 'notify');
  const windows = member.objects(bounds, 'pauseWindows');
  return [
    ...(writes && member.number(bounds, 'maxFiles') === 0 ? [objection('/bounds/maxFiles', '0 with steps that write files', 'at least 1')] : []),
    ...windows.flatMap((window, index) => windowObjections(window, `/bounds/pauseWindows/${index}`)),
  ];
}

function windowObjections(window: JsonObject, pointer: string): readonly Violation[] {
  const [from, to, duration, start] = ['from', 'to', 'duration', 'start'].map((name) => member.text(window, name));
  const problem = start === null || start === undefined ? null : cronProblem(start);
  if (problem !== null) return [objection(`${pointer}/start`, `${quoted(start ?? '')}: ${problem}`, 'five fields as in cron, such as "0 22 * * 5"')];
  if (duration !== null && duration !== undefined) return durationOf(duration) === null ? [objection(`${pointer}/duration`, quoted(duration), 'a duration such as "8h"')] : [];
  const [begin, end] = [instantOf(from ?? ''), instantOf(to ?? '')];
  return begin !== null && end !== null && begin < end ? [] : [objection(pointer, `${quoted(from ?? '')} to ${quoted(to ?? '')}`, 'two instants, the earlier one as `from`')];
}

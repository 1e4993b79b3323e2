import { flagOf } from '../behavior/flag-of.ts';
import { member } from '../configuration/member.ts';
import type { BumpLevel } from '../contract/change-class.ts';
import type { JsonObject } from '../json-value.ts';
import { settableFields } from './playbook-step.ts';
import type { FileStep, PlaybookStep, SettableField } from './playbook-step.ts';

/** A step of a document that its schema allows and that is possible. */
export function readStep(value: JsonObject): PlaybookStep {
  const text = (name: string): string => member.text(value, name) ?? '';
  switch (text('type')) {
    case 'open-issue':
      return { kind: 'open-issue', title: text('title'), text: text('text'), shows: member.objects(value, 'shows').map(readFileStep) };
    case 'notify':
      return { kind: 'notify', to: text('to'), text: text('text') };
    default:
      return readFileStep(value);
  }
}

function readFileStep(value: JsonObject): FileStep {
  const path = member.text(value, 'path');
  switch (member.text(value, 'type') ?? '') {
    case 'restore-file':
      return { kind: 'restore-file', path, from: member.text(value, 'from') === 'release' ? 'release' : 'template' };
    case 'write-file':
      return { kind: 'write-file', path, content: value['without'] === undefined ? { kind: 'text', text: member.text(value, 'text') ?? '' } : { kind: 'without-ended-waivers' } };
    case 'set-contract-field':
      return { kind: 'set-contract-field', path, field: fieldOf(member.text(value, 'field')), value: member.text(value, 'value') ?? flagOf(value, 'value') };
    case 'bump-contract':
      return { kind: 'bump-contract', path, level: levelOf(member.text(value, 'level')) };
    case 'roll-forward':
      return { kind: 'roll-forward', path, to: 'previous-release' };
    case 'update-baseline':
      return { kind: 'update-baseline' };
    case 'pin-dependency':
      return { kind: 'pin-dependency', path, to: member.text(value, 'to') === 'none' ? 'none' : 'locked' };
    default:
      return { kind: 'revert-commit', commit: member.text(value, 'commit') };
  }
}

function fieldOf(text: string | null): SettableField {
  return settableFields.find((field) => field === text) ?? 'lifecycle';
}

function levelOf(text: string | null): BumpLevel | null {
  return text === 'patch' || text === 'minor' || text === 'major' ? text : null;
}

import { member } from '../configuration/member.ts';
import { isFindingCode } from '../finding-code.ts';
import type { JsonObject } from '../json-value.ts';
import type { Difference, MeasuredDrift } from './measured-drift.ts';
import type { RefusalKind } from './plan.ts';
import type { PlaybookTest } from './playbook-test.ts';

const refusals: readonly RefusalKind[] = ['trigger', 'precondition', 'bounds', 'path', 'content', 'contract', 'dependency', 'baseline', 'commit', 'nothing'];

const someDay = '2027-01-01T00:00:00Z';

/** A test of a document that its schema allows. @param undone Whether the playbook has a rollback. */
export function readTest(value: JsonObject, undone: 'planned' | 'refused'): PlaybookTest {
  const expected = member.object(value, 'expect');
  return {
    name: member.text(value, 'name') ?? '',
    history: member.objects(value, 'history').map(filesOf),
    now: member.text(value, 'now') ?? someDay,
    drift: driftOf(member.object(value, 'drift')),
    expect: {
      files: filesOf(member.object(expected, 'files')),
      issue: expected['issue'] === undefined ? null : member.texts(expected, 'issue'),
      unsigned: member.texts(expected, 'unsigned'),
      rollback: (member.text(expected, 'rollback') ?? undone) === 'refused' ? 'refused' : 'planned',
      refused: refusals.find((kind) => kind === member.text(expected, 'refused')) ?? null,
    },
  };
}

function filesOf(value: JsonObject): ReadonlyMap<string, string | null> {
  return new Map(Object.entries(value).map(([path, text]) => [path, typeof text === 'string' ? text : null]));
}

function driftOf(value: JsonObject): MeasuredDrift {
  const code = member.text(value, 'code') ?? '';
  const target = member.text(value, 'target') ?? '';
  const stated = member.objects(value, 'differences').map(differenceOf);
  const whole: Difference = { path: target, template: null, name: null, expected: null, found: null };
  return { code: isFindingCode(code) ? code : null, observed: member.text(value, 'class') ?? '', target, owner: member.text(value, 'owner'), differences: stated.length === 0 ? [whole] : stated };
}

function differenceOf(value: JsonObject): Difference {
  const text = (name: string): string | null => member.text(value, name);
  return { path: text('path'), template: text('template'), name: text('name'), expected: value['expected'] ?? null, found: value['found'] ?? null };
}

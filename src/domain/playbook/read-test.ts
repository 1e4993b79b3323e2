import { member } from '../configuration/member.ts';
import type { JsonObject } from '../json-value.ts';
import type { RefusalKind } from './plan.ts';
import type { PlaybookTest } from './playbook-test.ts';
import { driftOf } from './read-drift.ts';

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

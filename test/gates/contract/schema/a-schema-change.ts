import type { Comparison } from '../../../../src/domain/compatibility/comparison.ts';
import type { Configuration, SchemaSet } from '../../../../src/domain/configuration/configuration.ts';
import type { RequestOf } from '../../../../src/domain/probe-request.ts';
import { rolesOf } from '../../../../src/domain/configuration/governed-roles.ts';
import { isJsonObject } from '../../../../src/domain/json-value.ts';
import type { JsonValue } from '../../../../src/domain/json-value.ts';
import type { SchemaVersion } from '../../../../src/domain/schema/schema-version.ts';
import type { Verdict } from '../../../../src/domain/verdict.ts';
import { contractGate } from '../../../../src/gates/contract/contract-gate.ts';
import { aConfiguration, aSchemaSet } from '../../../builders/a-configuration.ts';
import { aFile } from '../../../builders/a-file.ts';
import type { SideInput } from '../../../builders/a-file.ts';
import { schemaRecordOf } from '../../../builders/a-schema-version.ts';
import type { SchemaFiles } from '../../../builders/a-schema-version.ts';
import { aSnapshot } from '../../../builders/a-snapshot.ts';
import { judgeWith } from '../../../builders/evidence-of.ts';
import type { World } from '../../../builders/evidence-of.ts';

export interface SchemaChange {
  /** What the base and the change have at each path; what the change leaves out stays. */
  readonly base?: Readonly<Record<string, SideInput>>;
  readonly head: Readonly<Record<string, SideInput>>;
  readonly sets?: readonly Partial<SchemaSet>[];
  /** Commits that were recorded, oldest first. Left out: one, of what the base has. */
  readonly released?: readonly SchemaFiles[];
  /** Instead of what `released` makes. */
  readonly record?: readonly SchemaVersion[];
  readonly rules?: Configuration['rules'];
  readonly world?: World;
}

/** The contract gate's verdict about schemas that say nothing but how long a text may be. */
export function judgeSchemaChange({ base = {}, head, sets = [{}], released, record, rules, world }: SchemaChange): Verdict {
  const configuration = aConfiguration({ contracts: [], schemas: sets.map((set) => aSchemaSet(set)) });
  const files = [...new Set([...Object.keys(base), ...Object.keys(head)])].map((path) => aFile({ path, base: base[path] ?? null, head: path in head ? (head[path] ?? null) : (base[path] ?? null), roles: rolesOf(configuration, path) }));
  const commits = released ?? [textsOf(base)];
  const contents = [...Object.values(base), ...Object.values(head), ...commits.flatMap((commit) => Object.values(commit))].filter((side) => typeof side === 'string');
  const snapshot = aSnapshot({ files, configured: { contracts: [], schemas: configuration.schemas, ...(rules === undefined ? {} : { rules }) } });
  return judgeWith(contractGate, snapshot, { contents, schemaVersions: record ?? schemaRecordOf(configuration, commits), compare: compareLengths, ...world });
}

/** A schema as text: of any number of letters up to this. */
export function upTo(length: number, more = ''): string {
  return `{\n  "type": "string",\n  "maxLength": ${length}${more}\n}\n`;
}

/** Undecided where one of them says no length. */
export function compareLengths({ older, newer, mode }: RequestOf<'comparison'>): Comparison {
  const [before, after] = [lengthOf(older.value), lengthOf(newer.value)];
  const nothing = { differences: [], doubts: [], witness: null, accepted: [] };
  if (before === null || after === null) return { ...nothing, answer: 'undecided', doubts: [{ direction: 'backward', keyword: 'pattern', pointer: '/pattern', why: 'the pattern is beyond proof' }] };
  const directions = (['backward', 'forward'] as const).filter((direction) => (mode === 'full' || mode === direction) && (direction === 'backward' ? after < before : after > before));
  const [direction] = directions;
  if (direction === undefined) return { ...nothing, answer: 'compatible' };
  const witness = { direction, value: 'x'.repeat(Math.max(before, after)), refusal: { pointer: '', message: `must NOT have more than ${Math.min(before, after)} characters` } };
  return { ...nothing, answer: 'breaking', differences: [{ kind: 'max_length_lowered', direction, pointer: '/maxLength', olderPointer: '/maxLength', message: `the greatest length was ${before} and is ${after}` }], witness };
}

function lengthOf(value: JsonValue): number | null {
  const length = isJsonObject(value) ? value['maxLength'] : undefined;
  return typeof length === 'number' ? length : null;
}

function textsOf(base: Readonly<Record<string, SideInput>>): SchemaFiles {
  return Object.fromEntries(Object.entries(base).flatMap(([path, side]) => (typeof side === 'string' ? [[path, side]] : [])));
}

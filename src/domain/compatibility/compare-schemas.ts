import type { DialectName } from '../json-schema/dialect.ts';
import type { JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import type { Difference, Direction, Doubt, Preset, SchemaMode } from './comparison.ts';
import { askWhole, explain, valueOf } from './explain.ts';
import type { Broken } from './explain.ts';
import { messageOf } from './message.ts';
import { modernSchema } from './modern-schema.ts';
import { readSchemas } from './read-schemas.ts';
import type { DocumentToRead, ReadSchemas } from './read-schemas.ts';
import { relaxedReader } from './relaxed-reader.ts';
import type { RelaxedReader } from './relaxed-reader.ts';
import { schemaDialect } from './schema-dialect.ts';
import { mapSchemas } from './schema-places.ts';
import { Solver } from './solver.ts';
import type { Term } from './term.ts';
import { undecided } from './undecided.ts';

/** A difference, and a document that shall show it: a validator has to confirm that. */
export interface Suspicion {
  readonly difference: Difference;
  readonly value: JsonValue;
  /** It breaks only what no validator looks at, as `contentEncoding`. */
  readonly isSilent: boolean;
  /** Not null where the document is a guess. */
  readonly doubt: Doubt | null;
}

export interface ComparedSchemas {
  /** Without a validator's word. */
  readonly answer: 'compatible' | 'breaking' | 'undecided';
  readonly suspicions: readonly Suspicion[];
  readonly doubts: readonly Doubt[];
  /** Documents that both schemas should accept when compatible, by the direction that they were made for. */
  readonly samples: readonly { readonly direction: Direction; readonly value: JsonValue }[];
  readonly accepted: readonly string[];
}

const limits = { steps: 3_000, total: 5_000, depth: 60 };

/** Whether every document that one schema accepts is accepted by the other. Nothing is fetched and no time is read; patterns are run. */
export function compareSchemas(older: JsonValue, newer: JsonValue, mode: SchemaMode, preset: Preset): ComparedSchemas {
  const [olderDialect, newerDialect] = [schemaDialect(older), schemaDialect(newer)];
  if (olderDialect === null || newerDialect === null) return nothing(mode, `the ${olderDialect === null ? 'older' : 'newer'} schema is of a dialect that is not known`);
  const documents = [toRead(older, olderDialect), toRead(newer, newerDialect)] as const;
  const counted = comparedIn(mode, preset, readSchemas(...documents));
  if (counted.answer !== 'compatible' || !documents.some(hasSiblings)) return counted;
  const ignored = comparedIn(mode, preset, readSchemas(withoutSiblings(documents[0]), withoutSiblings(documents[1])));
  if (ignored.answer === 'compatible') return counted;
  return nothing(mode, 'what stands beside "$ref" counts for some validators of this dialect and not for others, and that makes a difference', '$ref');
}

function comparedIn(mode: SchemaMode, preset: Preset, schemas: ReadSchemas): ComparedSchemas {
  const directions: readonly Direction[] = mode === 'full' ? ['backward', 'forward'] : [mode];
  const judged = directions.map((direction) => judgedIn(direction, preset, schemas));
  const broken = judged.flatMap((one) => one.broken.map((each) => ({ each, direction: one.direction })));
  const suspicions = broken.flatMap(({ each, direction }) => suspicionOf(each, direction) ?? []);
  const doubts = broken.flatMap(({ each, direction }) => doubtOf(each, direction) ?? []);
  const isBreaking = suspicions.some(({ doubt }) => doubt === null);
  const answer = isBreaking ? 'breaking' : broken.length > 0 ? 'undecided' : 'compatible';
  return { answer, suspicions, doubts, samples: judged.flatMap(({ samples }) => samples), accepted: answer === 'compatible' ? [...new Set(judged.flatMap(({ accepted }) => accepted))] : [] };
}

interface Judged {
  readonly direction: Direction;
  readonly broken: readonly Broken[];
  readonly samples: ComparedSchemas['samples'];
  readonly accepted: readonly string[];
}

function judgedIn(direction: Direction, preset: Preset, schemas: ReadSchemas): Judged {
  const [writer, reader] = direction === 'backward' ? [schemas.older, schemas.newer] : [schemas.newer, schemas.older];
  const solver = new Solver(schemas, limits);
  const relaxed = preset === 'lenient' && askWhole(solver, writer, reader).kind !== 'impossible' ? relaxedReader(schemas, writer, reader) : null;
  if (relaxed !== null && relaxed.waived.size > 0) return judgedLeniently(direction, relaxed, writer, () => explain(solver, schemas, writer, reader));
  const broken = explain(solver, schemas, writer, reader);
  return { direction, broken, samples: broken.length === 0 ? samplesOf(direction, writer, solver) : [], accepted: [] };
}

/** Only where nothing else is in the way it is asked what the preset lets through. */
function judgedLeniently(direction: Direction, relaxed: RelaxedReader, writer: Term, withoutPreset: () => readonly Broken[]): Judged {
  const solver = new Solver(relaxed.schemas, limits);
  const left = explain(solver, relaxed.schemas, writer, relaxed.reader);
  if (left.length > 0) return { direction, broken: left, samples: [], accepted: [] };
  const broken = withoutPreset();
  return { direction, broken: left, samples: broken.length === 0 ? samplesOf(direction, writer, solver) : [], accepted: broken.length === 0 ? [] : acceptedOf(broken, relaxed.waived) };
}

function samplesOf(direction: Direction, writer: Term, solver: Solver): ComparedSchemas['samples'] {
  solver.startOver();
  const sample = solver.solve([writer]);
  return sample.kind === 'found' ? [{ direction, value: sample.value }] : [];
}

/** What the lenient preset lets through: the properties to blame that it asks nothing of, or all of those where the blame lies around them. */
function acceptedOf(broken: readonly Broken[], waived: ReadonlySet<string>): readonly string[] {
  const blamed = broken.map(({ demand }) => demand.pointer).filter((pointer) => waived.has(pointer));
  return blamed.length > 0 ? blamed : [...waived];
}

function differenceOf(broken: Broken, direction: Direction): Difference {
  const [read, written] = [broken.demand.pointer, broken.beforePointer];
  const pointers = direction === 'backward' ? { pointer: read, olderPointer: written } : { pointer: written ?? '', olderPointer: read };
  return { kind: broken.kind, direction, ...pointers, message: messageOf(broken, direction) };
}

function suspicionOf(broken: Broken, direction: Direction): Suspicion | null {
  const value = valueOf(broken);
  if (value === undefined || broken.result.kind !== 'found') return null;
  return { difference: differenceOf(broken, direction), value, isSilent: broken.result.isSilent, doubt: doubtOf(broken, direction) };
}

function doubtOf(broken: Broken, direction: Direction): Doubt | null {
  const why = broken.result.kind === 'found' ? broken.result.doubt : broken.result;
  if (why === null) return null;
  const { pointer } = differenceOf(broken, direction);
  return { direction, keyword: why.keyword ?? (broken.demand.keyword === '' ? null : broken.demand.keyword.replace('/overlap', '')), pointer, why: why.why };
}

function toRead(schema: JsonValue, dialect: NonNullable<ReturnType<typeof schemaDialect>>): DocumentToRead {
  const name: DialectName = dialect === 'draft-04' ? 'draft-07' : dialect;
  return { schema: modernSchema(schema, dialect), dialect: name, siblingsCount: true };
}

/** As the specification has it, where it differs from the validator. */
function withoutSiblings(document: DocumentToRead): DocumentToRead {
  return { ...document, siblingsCount: document.dialect === '2019-09' || document.dialect === '2020-12' };
}

const silent = new Set(['$ref', '$id', '$schema', '$anchor', '$comment', 'title', 'description', 'default', 'examples', 'readOnly', 'writeOnly', 'deprecated', 'definitions', '$defs']);

/** Before 2019-09 what stands beside `$ref` is ignored, says the specification; the validator counts it. */
function hasSiblings({ schema, dialect }: DocumentToRead): boolean {
  if (dialect === '2019-09' || dialect === '2020-12') return false;
  let isFound = false;
  mapSchemas(schema, (part) => {
    isFound ||= typeof part['$ref'] === 'string' && Object.keys(part).some((keyword) => !silent.has(keyword));
    return isJsonObject(part) ? part : {};
  });
  return isFound;
}

function nothing(mode: SchemaMode, why: string, keyword: string | null = null): ComparedSchemas {
  const doubts = undecided(mode, why).doubts.map((doubt) => ({ ...doubt, keyword }));
  return { answer: 'undecided', suspicions: [], doubts, samples: [], accepted: [] };
}

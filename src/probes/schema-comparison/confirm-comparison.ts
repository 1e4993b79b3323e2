import { compareSchemas } from '../../domain/compatibility/compare-schemas.ts';
import type { ComparedSchemas, Suspicion } from '../../domain/compatibility/compare-schemas.ts';
import type { Comparison, Direction, Doubt, Preset, SchemaMode, Witness } from '../../domain/compatibility/comparison.ts';
import { kindOfKeyword } from '../../domain/compatibility/kind-of-demand.ts';
import { modernSchema } from '../../domain/compatibility/modern-schema.ts';
import { schemaDialect } from '../../domain/compatibility/schema-dialect.ts';
import type { ValidationAnswer } from '../../domain/evidence.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { compileSchema } from '../schema-validation/compile-schema.ts';
import type { CompiledSchema } from '../schema-validation/compile-schema.ts';

export interface Pair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly mode: SchemaMode;
  readonly preset: Preset;
}

type Usable = Extract<CompiledSchema, { readonly kind: 'compiled' }>;
type Compiled = Readonly<Record<'older' | 'newer', Usable>>;

/** What the engine says, with the word of the validator on each document that it made: nothing is breaking against it, nothing compatible. */
export async function confirmComparison({ older, newer, mode, preset }: Pair): Promise<Comparison> {
  const compared = compareSchemas(older, newer, mode, preset);
  const schemas = { older: await compiled(older), newer: await compiled(newer) };
  for (const which of ['older', 'newer'] as const) {
    const schema = schemas[which];
    if (schema.kind === 'unusable') return answered({ doubts: [{ direction: firstDirection(mode), keyword: null, pointer: '', why: `the ${which} schema can not be used: ${schema.why}` }] });
  }
  return schemas.older.kind === 'compiled' && schemas.newer.kind === 'compiled' ? concluded(compared, { older: schemas.older, newer: schemas.newer }) : answered({ doubts: compared.doubts });
}

function concluded(compared: ComparedSchemas, schemas: Compiled): Comparison {
  const judged = compared.suspicions.map((suspicion) => ({ suspicion, ...judge(suspicion, schemas) }));
  const proven = judged.filter(({ outcome }) => outcome === 'confirmed' || outcome === 'silent');
  if (proven.length > 0) return answered({ differences: proven.map(({ suspicion }) => suspicion.difference), witness: smallest(proven.flatMap(({ witness }) => witness ?? [])) });
  const against = compared.answer === 'compatible' ? compared.samples.flatMap(({ direction, value }) => witnessOf(direction, value, schemas) ?? []) : [];
  if (against.length > 0) return answered({ differences: against.map(unforeseen), witness: smallest(against.map(({ witness }) => witness)) });
  const refuted = judged.map(({ suspicion }): Doubt => ({ direction: suspicion.difference.direction, keyword: null, pointer: suspicion.difference.pointer, why: suspicion.doubt?.why ?? 'the validator does not agree with the document that shall show it' }));
  const doubts = [...compared.doubts, ...refuted];
  return answered({ doubts: [...new Map(doubts.map((doubt) => [JSON.stringify([doubt.direction, doubt.pointer]), doubt])).values()], accepted: compared.accepted });
}

function judge({ difference: { direction }, value, isSilent, doubt }: Suspicion, schemas: Compiled): { readonly outcome: 'confirmed' | 'silent' | 'refuted'; readonly witness: Witness | null } {
  const seen = witnessOf(direction, value, schemas);
  if (seen !== null) return { outcome: 'confirmed', witness: seen.witness };
  const isReached = schemas[direction === 'backward' ? 'older' : 'newer'].validate(value).kind === 'valid';
  return { outcome: isSilent && doubt === null && isReached ? 'silent' : 'refuted', witness: null };
}

interface Seen {
  readonly witness: Witness;
  readonly keyword: string;
}

/** A document that the writing schema accepts and the reading one refuses, or null when it is none. */
function witnessOf(direction: Direction, value: JsonValue, schemas: Compiled): Seen | null {
  const [writer, reader] = direction === 'backward' ? [schemas.older, schemas.newer] : [schemas.newer, schemas.older];
  if (writer.validate(value).kind !== 'valid') return null;
  const refusal: ValidationAnswer = reader.validate(value);
  if (refusal.kind !== 'violations') return null;
  const [first] = refusal.violations;
  return { witness: { direction, value, refusal: { pointer: first?.pointer ?? '', message: first?.message ?? 'is refused' } }, keyword: first?.keyword ?? '' };
}

/** The engine missed it: the validator's word stands. */
function unforeseen({ witness, keyword }: Seen): Comparison['differences'][number] {
  return { kind: kindOfKeyword(keyword), direction: witness.direction, pointer: '', olderPointer: '', message: `A document that the one schema accepts is refused by the other: at ${JSON.stringify(witness.refusal.pointer)} it ${witness.refusal.message}.` };
}

function smallest(witnesses: readonly Witness[]): Witness | null {
  return witnesses.toSorted((a, b) => JSON.stringify(a.value).length - JSON.stringify(b.value).length)[0] ?? null;
}

async function compiled(schema: JsonValue): Promise<CompiledSchema> {
  const dialect = schemaDialect(schema);
  return dialect === null ? { kind: 'unusable', why: 'its dialect is not known' } : await compileSchema(JSON.stringify(modernSchema(schema, dialect)));
}

function answered(given: Partial<Comparison>): Comparison {
  const { differences = [], doubts = [], witness = null, accepted = [] } = given;
  return { answer: differences.length > 0 ? 'breaking' : doubts.length > 0 ? 'undecided' : 'compatible', differences, doubts, witness, accepted };
}

function firstDirection(mode: SchemaMode): Direction {
  return mode === 'forward' ? 'forward' : 'backward';
}

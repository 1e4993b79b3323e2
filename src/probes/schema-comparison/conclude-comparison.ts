import type { ComparedSchemas, Suspicion } from '../../domain/compatibility/compare-schemas.ts';
import type { Comparison, Direction, Doubt, Witness } from '../../domain/compatibility/comparison.ts';
import { kindOfKeyword } from '../../domain/compatibility/kind-of-demand.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { CompiledSchema } from '../schema-validation/compile-schema.ts';

type Usable = Extract<CompiledSchema, { readonly kind: 'compiled' }>;
type Compiled = Readonly<Record<'older' | 'newer', Usable>>;

/** Weighs what the engine says against what the validator says of its documents. Throws where an answer that is not compatible has no reason: that is a fault of ours. */
export function concludeComparison(compared: ComparedSchemas, schemas: Compiled): Comparison {
  const judged = compared.suspicions.map((suspicion) => ({ suspicion, ...judge(suspicion, schemas) }));
  const proven = judged.filter(({ outcome }) => outcome === 'confirmed' || outcome === 'silent');
  if (proven.length > 0) return breaking(proven.map(({ suspicion }) => suspicion.difference), smallest(proven.flatMap(({ witness }) => witness ?? [])));
  const isCompatible = compared.answer === 'compatible';
  const against = isCompatible ? compared.samples.flatMap(({ direction, value }) => witnessOf(direction, value, schemas) ?? []) : [];
  if (against.length > 0) return breaking(against.map(unforeseen), smallest(against.map(({ witness }) => witness)));
  const refuted = judged.map(({ suspicion }): Doubt => ({ direction: suspicion.difference.direction, keyword: null, pointer: suspicion.difference.pointer, why: suspicion.doubt?.why ?? 'the validator does not agree with the document that shall show it' }));
  const doubts = [...new Map([...compared.doubts, ...refuted].map((doubt) => [JSON.stringify([doubt.direction, doubt.pointer]), doubt])).values()];
  return isCompatible && doubts.length === 0 ? { answer: 'compatible', differences: [], doubts, witness: null, accepted: compared.accepted } : unproven(doubts);
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

function breaking(differences: Comparison['differences'], witness: Witness | null): Comparison {
  if (differences.length === 0) throw new Error('a breaking comparison names no difference');
  return { answer: 'breaking', differences, doubts: [], witness, accepted: [] };
}

function unproven(doubts: readonly Doubt[]): Comparison {
  if (doubts.length === 0) throw new Error('an undecided comparison does not name what stands in the way');
  return { answer: 'undecided', differences: [], doubts, witness: null, accepted: [] };
}

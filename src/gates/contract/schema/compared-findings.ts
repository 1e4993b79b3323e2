import type { Difference, Direction, Doubt, Witness } from '../../../domain/compatibility/comparison.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import { quoted } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { FindingCode } from '../../../domain/finding-code.ts';
import { compatibilityOf } from '../../../domain/schema/schema-demand.ts';
import type { SchemaDemand } from '../../../domain/schema/schema-demand.ts';
import type { Compared } from './compared.ts';
import type { OlderVersion } from './older-versions.ts';
import { reportSchema, unreadableSchema } from './report-schema.ts';
import type { JudgedSchema } from './schema-world.ts';

/** One finding for each place of the schema, whatever the number of older versions that it differs from there. */
export function compared(file: JudgedSchema, comparisons: readonly Compared[]): readonly Finding[] {
  const missing = comparisons.flatMap((one) => (one.kind === 'unavailable' ? [unreadableSchema(file.path, `how it compares with ${one.older.label}`, one.why)] : []));
  const breaks = placesOf(comparisons.flatMap((one) => breaksOf(one)));
  const doubts = placesOf(comparisons.flatMap((one) => doubtsOf(one)));
  return [...missing, ...withinLimit(file, 'schema/incompatible', breaks, incompatible), ...withinLimit(file, 'schema/undecided', doubts, undecided)];
}

/** One thing to say about one place. */
interface Remark {
  readonly pointer: string;
  /** A kind of difference, or the keyword in the way. */
  readonly kind: string;
  readonly message: string;
  readonly direction: Direction;
  readonly demand: SchemaDemand;
  readonly older: OlderVersion | null;
  readonly witness: Witness | null;
  /** Whether the comparison has other places, so that the witness may show another one. */
  readonly isOneOfMany: boolean;
}

interface Place {
  readonly pointer: string;
  readonly kinds: readonly string[];
  /** In the order of the comparisons; never empty. */
  readonly remarks: readonly Remark[];
  readonly first: Remark;
}

function breaksOf(one: Compared): readonly Remark[] {
  if (one.kind !== 'compared' || one.comparison.answer !== 'breaking') return [];
  const { demand, older, comparison } = one;
  return comparison.differences.map(({ pointer, kind, message, direction }: Difference) => ({ pointer, kind, message, direction, demand, older, witness: comparison.witness, isOneOfMany: comparison.differences.length > 1 }));
}

function doubtsOf(one: Compared): readonly Remark[] {
  if (one.kind === 'unavailable') return [];
  const { demand, older } = one;
  if (one.kind === 'undecided') return [{ pointer: '', kind: 'limit', message: one.why, direction: 'backward', demand, older, witness: null, isOneOfMany: false }];
  if (one.comparison.answer !== 'undecided') return [];
  return one.comparison.doubts.map(({ pointer, keyword, why, direction }: Doubt) => ({ pointer, kind: keyword ?? 'limit', message: why, direction, demand, older, witness: null, isOneOfMany: false }));
}

function placesOf(remarks: readonly Remark[]): readonly Place[] {
  return [...Map.groupBy(remarks, (remark) => remark.pointer)].flatMap(([pointer, here]) => {
    const [first] = here;
    return first === undefined ? [] : [{ pointer, kinds: [...new Set(here.map((remark) => remark.kind))].toSorted(), remarks: here, first }];
  });
}

/** Places that are told one by one; the others are one finding, which a waiver for one of these does not silence. */
const mostPlaces = 20;

function withinLimit(file: JudgedSchema, code: FindingCode, places: readonly Place[], tell: (file: JudgedSchema, place: Place) => Finding): readonly Finding[] {
  const rest = places.slice(mostPlaces);
  const [first] = rest;
  const told = places.slice(0, mostPlaces).map((place) => tell(file, place));
  if (first === undefined) return told;
  const subject = `more ${digestOfValue(rest.map(({ pointer, kinds }) => [pointer, ...kinds]))}`;
  return [...told, reportSchema(file, first.pointer, { code, subject, message: `The same is so at ${rest.length} more places of ${quoted(file.path)}, from ${quoted(first.pointer)} on.`, found: `${rest.length} more places`, next: 'Mend the places that are told one by one first.' })];
}

function incompatible(file: JudgedSchema, place: Place): Finding {
  const { first } = place;
  const modes = [...new Set(place.remarks.map((remark) => compatibilityOf(remark.demand)))].join(' and ');
  const kinds = place.kinds.join(', ');
  return reportSchema(file, place.pointer, {
    code: 'schema/incompatible',
    subject: `${place.pointer} ${kinds}`,
    message: [
      `The schema ${quoted(file.path)} breaks ${modes} compatibility with ${labels(place)}${place.pointer === '' ? '' : ` at ${quoted(place.pointer)}`} (${kinds}): ${sentence(first.message)}`,
      ...witnessWords(place),
      `${presetWords(place)} This change is held: a person may release it.`,
    ].join(' '),
    expected: first.direction === 'backward' ? `a schema that accepts whatever ${labelOf(first)} accepts` : `a schema that accepts nothing which ${labelOf(first)} refuses`,
    found: kinds,
    next: 'Take this back or make it optional, or ask the approvers of tier 3 to release it.',
  });
}

function undecided(file: JudgedSchema, place: Place): Finding {
  const { first } = place;
  const kinds = place.kinds.join(', ');
  return reportSchema(file, place.pointer, {
    code: 'schema/undecided',
    subject: `${place.pointer} ${kinds}`,
    message: `Cannot decide whether the schema ${quoted(file.path)} keeps ${compatibilityOf(first.demand)} compatibility with ${labels(place, commitLabelOf)}${place.pointer === '' ? '' : ` at ${quoted(place.pointer)}`} (${kinds}): ${sentence(first.message)} ${presetWords(place)} This change is held: a person may release it.`,
    expected: 'a comparison that can be decided',
    found: kinds,
    next: 'Ask the approvers of tier 3 to look at this place, or write it without what is named here.',
  });
}

function labels({ remarks }: Place, nameOf = labelOf): string {
  const names = [...new Set(remarks.map((remark) => nameOf(remark)))];
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more versions`;
}

function labelOf({ older }: Pick<Remark, 'older'>): string {
  return older?.label ?? 'all older versions';
}

/** What is in the way may stand in the older version alone, where no line of this file shows it. */
function commitLabelOf({ older }: Pick<Remark, 'older'>): string {
  if (older === null) return labelOf({ older });
  const commit = older.commit.slice(0, 12);
  return older.label.includes(commit) ? older.label : `${older.label} (${commit})`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A document says more than a rule. */
function witnessWords({ remarks }: Place): readonly string[] {
  const shown = remarks.find((remark) => remark.witness !== null);
  if (shown === undefined || shown.witness === null) return [];
  const { value, direction, refusal } = shown.witness;
  const [accepting, refusing] = direction === 'backward' ? [labelOf(shown), 'this one'] : ['this one', labelOf(shown)];
  const place = refusal.pointer === '' ? '' : `${refusal.pointer}: `;
  const name = shown.isOneOfMany ? 'Witness that it breaks, here or elsewhere' : 'Witness';
  return [`${name}: ${cut(JSON.stringify(value))} is accepted by ${accepting} and refused by ${refusing} (${sentence(`${place}${refusal.message}`).slice(0, -1)}).`];
}

/** Long enough for a small document, which explains nothing when it is cut. */
function cut(text: string): string {
  const points = Array.from(text);
  return points.length <= 400 ? text : `${points.slice(0, 399).join('')}…`;
}

/** The choice stands in every message; what it changes about a place, the difference itself says. */
function presetWords({ remarks }: Place): string {
  const presets = [...new Set(remarks.map((remark) => `"${remark.demand.preset}"`))];
  return presets.length > 1 ? `Judged by the presets ${presets.toSorted().join(' and ')} of its sets.` : `Judged by the preset ${presets.join('')} of its set.`;
}

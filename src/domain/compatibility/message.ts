import type { JsonValue } from '../json-value.ts';
import type { Direction } from './comparison.ts';
import { differenceKinds } from './difference-kind.ts';
import type { Broken } from './explain.ts';

const widest = 80;

/** What changed, in words and values: the newer schema's last. */
export function messageOf(broken: Broken, direction: Direction): string {
  const { demand, before, kind } = broken;
  if (kind === 'required_added' && demand.term.kind === 'required') return `${differenceKinds[kind]}: ${JSON.stringify(demand.term.name)}.`;
  if (kind === 'property_removed' && before?.term.kind === 'property') return `${differenceKinds[kind]}: ${JSON.stringify(before.term.name)}.`;
  const keyword = demand.keyword.replace('/overlap', '');
  const [read, written] = [clipped(demand.written), clipped(before?.written)];
  const [old, now] = direction === 'backward' ? [written, read] : [read, written];
  const values = keyword === '' ? '' : ` "${keyword}" ${old === null ? 'was not there' : `was ${old}`}, ${now === null ? 'is not there' : `is ${now}`}.`;
  const subject = demand.term.kind === 'property' ? ` ${JSON.stringify(demand.term.name)}:` : '';
  return `${differenceKinds[kind]}:${subject}${values === '' ? ' no value is accepted.' : values}${reasons[kind] ?? ''}`;
}

function clipped(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length <= widest ? text : `${text.slice(0, widest - 1)}…`;
}

/** What users ask most. */
const reasons: Readonly<Partial<Record<string, string>>> = {
  property_added: ' Older documents may hold this name with any value, because the object was open. The preset "lenient" accepts that.',
};

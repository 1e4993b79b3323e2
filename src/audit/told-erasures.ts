import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import { readFacts } from './entry-facts.ts';
import { erasureEvents } from './erasure-events.ts';
import type { EntryItem } from './log-source.ts';

/** Of how many entries an entry says that their details were erased: 0 for one about something else, or whose own details are gone. */
export function toldErasures({ leaf, openings }: EntryItem): number {
  if (!leaf.includes('"event":"retention.')) return 0;
  const reading = readFacts(leaf);
  if (reading.kind !== 'entry' || !erasureEvents.some((event) => event === reading.entry.event)) return 0;
  const opening = openings.find(({ digest }) => digest === reading.entry.payload?.digest);
  const value = opening === undefined ? null : parseJson(opening.bytes);
  if (!isJsonObject(value) || value['class'] === 'inputs' || value['what'] === 'what was judged') return 0;
  const { entries } = value;
  return typeof entries === 'number' && Number.isSafeInteger(entries) && entries > 0 ? entries : 0;
}

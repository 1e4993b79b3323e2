import type { BundleQuestion } from './bundle.ts';
import type { ReadEntry } from './read-entry.ts';
import { topicsAsked, topicsLedTo, topicsOf } from './topic.ts';

/** Those among some entries that answer a question, by their sequences: what it asks for, and what these lead to. Who verifies a bundle asks the same of what it holds. */
export function answersAmong(asked: BundleQuestion, entries: readonly ReadEntry[]): ReadonlySet<number> {
  const first = topicsAsked(asked);
  if (first === null) return new Set(entries.filter(({ time }) => asked.kind === 'period' && time >= asked.from && time < asked.to).map(({ sequence }) => sequence));
  const byTopic = indexOf(entries);
  const [answers, wanted] = [new Set<number>(), new Set(first)];
  // What is added meanwhile is looked at, too.
  for (const topic of wanted) {
    for (const entry of byTopic.get(topic) ?? []) {
      if (answers.has(entry.sequence)) continue;
      answers.add(entry.sequence);
      for (const led of topicsLedTo(entry, asked)) wanted.add(led);
    }
  }
  return answers;
}

function indexOf(entries: readonly ReadEntry[]): ReadonlyMap<string, readonly ReadEntry[]> {
  const index = new Map<string, ReadEntry[]>();
  for (const entry of entries) {
    for (const topic of topicsOf(entry)) {
      const others = index.get(topic);
      if (others === undefined) index.set(topic, [entry]);
      else others.push(entry);
    }
  }
  return index;
}

import type { ReadEntry } from '../audit/read-entry.ts';
import { topicsOf } from '../audit/topic.ts';
import { keyText } from './key-text.ts';

/** The rows by which an entry is found where a bundle is asked for. */
export function topicRowsOf(entry: ReadEntry) {
  return [...new Set(topicsOf(entry).map(keyText))].map((topic_key) => ({ account_id: entry.account, topic_key, sequence: entry.sequence }));
}

import type { Behavior } from '../domain/behavior/behavior.ts';
import { readBehavior } from '../domain/behavior/read-behavior.ts';
import { readOnce } from '../domain/document/read-once.ts';
import type { BlobContent } from '../domain/probe-answer.ts';

/** The behaviour in a file; null where there is no valid one. */
export function behaviorIn(path: string, content: BlobContent | undefined): Behavior | null {
  const reading = content?.kind === 'bytes' ? readOnce(content.bytes, path) : null;
  const read = reading?.kind === 'document' ? readBehavior(reading.document) : null;
  return read?.kind === 'behavior' ? read.behavior : null;
}

import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding, FindingInput } from '../../../domain/finding.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { JudgedSchema } from './schema-world.ts';

/** A finding at a part of what R has at the path; without a document there, at the path as a whole. */
export function reportSchema(file: JudgedSchema, pointer: string, words: Omit<FindingInput, 'path' | 'line' | 'column'>): Finding {
  return finding({ ...words, path: file.path, ...(file.inResult.kind === 'document' ? file.inResult.document.positionOf(pointer) : {}) });
}

/** Machine trouble: nothing is concluded. */
export function unreadableSchema(path: string, what: string, why: string): Finding {
  return finding({ code: 'snapshot/unreadable', path, subject: what, message: `Cannot read ${what} of ${quoted(path)}: ${why}, expected its content.`, found: why, expected: what, next: waitForRetry });
}

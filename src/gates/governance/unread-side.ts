import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';

/** What a changed path has could not be read, so that its actions are not all known: nothing passes without it. */
export function unreadSide(path: string, side: 'base' | 'head', why: string): Finding {
  return finding({
    code: 'snapshot/unreadable',
    path,
    subject: side,
    message: `Cannot tell what the change of ${quoted(path)} does: its content at the ${side} could not be read (${why}).`,
    expected: 'the content of the file',
    found: why,
    next: waitForRetry,
  });
}

import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';

/** A change brings more to be read than is read for one. @param bytes That it brings. */
export function excessFinding(bytes: number): Finding {
  return finding({
    code: 'snapshot/too_large',
    message: `This change brings ${bytes} bytes of governed files to be read, expected at most ${limits.changedBytes}. None of them was read.`,
    expected: `at most ${limits.changedBytes} bytes together`,
    found: `${bytes} bytes`,
    next: 'Split the change, or let the configuration name fewer files.',
    subject: 'together',
  });
}

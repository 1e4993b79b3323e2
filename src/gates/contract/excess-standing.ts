import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';
import { isPlainFile } from '../../domain/tree.ts';

/** Whether the contracts that stand unchanged beside a change are more than is read of them: then none is. What nobody told the size of may be as large as a file may be. */
export function isExcessStanding(files: readonly Pick<SnapshotFile, 'base' | 'changed'>[]): boolean {
  const sizes = new Map(files.flatMap(({ base, changed }) => (changed || base === null || !isPlainFile(base) ? [] : [[base.blob, base.size ?? limits.fileBytes] as const])));
  return [...sizes.values()].filter((size) => size <= limits.fileBytes).reduce((sum, size) => sum + size, 0) > limits.standingBytes;
}

/** One of them may have the id and version of a changed contract: people look at it. It says no number, which every push to the base would make another. */
export function excessStandingFinding(): Finding {
  const most = `at most ${limits.standingBytes} bytes together`;
  return finding({
    code: 'snapshot/too_large',
    severity: 'hold',
    message: `The contracts that stand beside this change are too large together, expected ${most}. None of them was read, so that nobody knows whether one has an id and version of this change. It is held: a person may release it.`,
    expected: most,
    found: 'more',
    next: 'Ask the approvers of tier 3 to look at it. Smaller contracts, or contract sets that match fewer files, are read again.',
    subject: 'standing',
  });
}

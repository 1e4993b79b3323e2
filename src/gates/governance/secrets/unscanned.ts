import { finding, quoted, restingOn } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import { limits } from '../../../domain/limits.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';

/** Files over a limit, in which nobody looked for secrets: a person does. */
export function unscanned(files: readonly SnapshotFile[]): readonly Finding[] {
  const [first, ...others] = files;
  if (first === undefined) return [];
  const what = `${quoted(first.path)}${others.length === 0 ? '' : ` and ${others.length} more files`}`;
  return [
    finding({
      code: 'snapshot/too_many',
      path: first.path,
      ...restingOn(files.map(({ path }) => path)),
      subject: 'secrets',
      message: `Nobody looked for secrets in ${what}: over the limit. This change is held: a person may release it.`,
      expected: `files of at most ${limits.fileBytes} bytes, and at most ${limits.scannedBytes} bytes of changed files before and after together`,
      found: what,
      next: 'Split the change or make the files smaller, or ask the approvers of tier 3 to look at them.',
    }),
  ];
}

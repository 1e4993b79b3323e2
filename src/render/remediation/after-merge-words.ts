import type { Rollback } from '../../domain/playbook/playbook.ts';
import { clip } from '../clip.ts';
import { markdownProse } from '../escape.ts';

/** How a remediation is undone after its merge, as GitHub Markdown. */
export function afterMergeWords(rollback: Rollback): string {
  switch (rollback.kind) {
    case 'revert':
      return 'comment `/plumbline rollback` and the number of this pull request. A pull request then gives each file back what it had, where nothing changed it since. GitHub\'s own **Revert** does the same.';
    case 'roll-forward':
      return 'comment `/plumbline rollback` and the number of this pull request. A pull request then releases the earlier content as a higher version, or sets the state back. Do not revert it by hand: what was released stays released.';
    case 'none':
      return `it can not be undone. ${markdownProse(clip(rollback.reason, 500))}`;
  }
}

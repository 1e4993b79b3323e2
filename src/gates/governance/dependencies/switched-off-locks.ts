import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';
import type { Beside } from './beside-files.ts';
import type { ChangedBeside } from './changed-beside.ts';
import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { lockAction } from './lock-action.ts';
import { namedPackages } from './named-packages.ts';
import type { ChangedFile } from './package-change.ts';

/** Lock files of npm beside which a shrinkwrap stands newly: npm takes that one alone. Told where it does not name all that they do. */
export function switchedOffLocks(kept: readonly ChangedFile[], { read }: ChangedBeside, beside: Beside): readonly Action[] {
  return kept.flatMap(({ path, isNew, head }) => {
    const { folder, name } = dividedPath(path);
    if (name !== 'npm-shrinkwrap.json' || !isNew) return [];
    const off = `${folder}package-lock.json`;
    const changed = read.get(off.toLowerCase()) ?? [];
    const stood = [...changed.filter(({ isKept }) => isKept).map(before), ...(changed.some((one) => one.path === off) ? [] : [beside(off)])];
    const named = namedPackages(head);
    const isWhole = stood.every((one) => one === null || (one.kind === 'facts' && [...namedPackages(one.facts)].every((each) => named.has(each))));
    return isWhole ? [] : [lockAction(off, `is switched off by ${quoted(path)}, which does not name all that it does`, path)];
  });
}

type Stood = { readonly kind: 'unread' } | { readonly kind: 'facts'; readonly facts: DependencyFacts };

function before({ isBaseUnread, before: facts }: ChangedFile): Stood {
  return isBaseUnread ? { kind: 'unread' } : { kind: 'facts', facts };
}

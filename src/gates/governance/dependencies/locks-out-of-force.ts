import type { Action } from '../../../domain/action/action.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { besideFacts, unreadBeside } from './beside-files.ts';
import { changedBeside } from './changed-beside.ts';
import { deletedLocks } from './deleted-locks.ts';
import { lockAction } from './lock-action.ts';
import type { ChangedFile } from './package-change.ts';
import { switchedOffLocks } from './switched-off-locks.ts';
import { unlockedPackages } from './unlocked-packages.ts';

/** Lock files that stood at the base and are gone, switched off by another one, or name no more what is asked for: that is chosen anew then, by whoever installs. */
export function locksOutOfForce(change: ChangeToDerive, read: readonly ChangedFile[]): Derived {
  const { snapshot } = change;
  const beside = besideFacts(change);
  const kept = read.filter(({ file, isKept }) => file.isLock && isKept);
  const changed = changedBeside(snapshot, read);
  return { actions: [...deletedLocks(snapshot, read, changed, beside), ...kept.flatMap((lock) => emptied(lock) ?? unlockedPackages(lock, changed, beside)), ...switchedOffLocks(kept, changed, beside)], findings: unreadBeside(change) };
}

function emptied({ path, before, isBaseUnread, head }: ChangedFile): readonly Action[] | null {
  if (head.dependencies.length > 0) return null;
  return isBaseUnread || before.dependencies.length > 0 ? [lockAction(path, 'names no package any more', path)] : [];
}

import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import { isChangedOnBothSides, updateBranch } from '../../domain/changed-on-both-sides.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import { isPlainFile } from '../../domain/tree.ts';

/** What the snapshot itself shows, before any content is read. */
export function snapshotFindings(snapshot: Snapshot): readonly Finding[] {
  const governed = changedFiles(snapshot).filter((file) => file.roles.length > 0);
  return [
    ...snapshot.unreadable.map((what) => unreadable(what)),
    ...unresolvedGroup(snapshot),
    ...tooMany(snapshot),
    ...snapshot.twins.map(({ path, other }) => pathTwin(path, other)),
    ...governed.filter((file) => isChangedOnBothSides(file)).map((file) => updateBranch(file.path, snapshot.change.baseBranch)),
    ...governed.filter((file) => isModeChanged(file)).map((file) => modeChanged(file)),
  ];
}

function unreadable(what: string): Finding {
  return finding({
    code: 'snapshot/unreadable',
    message: `Cannot read the change whole: ${what}. Nothing is concluded from what was read.`,
    expected: 'the whole change',
    found: what,
    next: 'Wait for the next attempt; on the command line, fetch the full history with `git fetch --unshallow`.',
    subject: what,
  });
}

function unresolvedGroup(snapshot: Snapshot): readonly Finding[] {
  const { subject } = snapshot.change;
  if (subject.kind !== 'merge-group' || subject.members !== 'unresolved') return [];
  return [
    finding({
      code: 'snapshot/group_unresolved',
      message: 'Cannot tell which pull requests this merge group holds. Nothing in your change caused this.',
      expected: 'the pull requests of the merge group',
      found: 'none that could be resolved',
      next: 'Wait for the next attempt; if it stays, remove the pull request from the queue and add it again.',
    }),
  ];
}

function tooMany(snapshot: Snapshot): readonly Finding[] {
  const { length } = changedFiles(snapshot);
  if (length <= limits.changedFiles) return [];
  return [
    finding({
      code: 'snapshot/too_many',
      message: `This change has ${length} files, expected at most ${limits.changedFiles}. All of them were judged or are listed as uncovered. It is held: a person may release it.`,
      expected: `at most ${limits.changedFiles} changed files`,
      found: `${length} changed files`,
      next: 'Split the change, or ask the approvers of tier 3 to look at it.',
    }),
  ];
}

function pathTwin(path: string, other: string): Finding {
  return finding({
    code: 'snapshot/path_twin',
    path,
    message: `Cannot tell \`${path}\` and \`${other}\` apart: some file systems keep only one of them, so a checkout may show the other's content.`,
    expected: 'paths that differ in more than case or Unicode form',
    found: other,
    next: 'Rename or delete one of the two files.',
    subject: other,
  });
}

function isModeChanged({ mergeBase, head }: SnapshotFile): boolean {
  return mergeBase !== null && head !== null && isPlainFile(mergeBase) && isPlainFile(head) && mergeBase.mode !== head.mode;
}

function modeChanged(file: SnapshotFile): Finding {
  const found = file.head?.mode === '100755' ? 'executable' : 'not executable';
  return finding({
    code: 'snapshot/mode_changed',
    path: file.path,
    message: `\`${file.path}\` is now ${found}. This decides nothing.`,
    found,
    next: 'Check that this is meant.',
  });
}

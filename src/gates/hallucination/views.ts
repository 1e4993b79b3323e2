import type { GroupMember, Snapshot } from '../../domain/snapshot.ts';

/**
 * What is judged by its own evidence: a change, and of a merge group each pull request with what it changes, since their evidence is about
 * that. Null stands for one of which that could not be read.
 */
export function viewsOf(snapshot: Snapshot): readonly (Snapshot | null)[] {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const { members } = snapshot.change;
  const views = members === undefined ? [snapshot] : members.map((one) => viewOf(snapshot, one));
  remembered.set(snapshot, views);
  return views;
}

const remembered = new WeakMap<Snapshot, readonly (Snapshot | null)[]>();

function viewOf(snapshot: Snapshot, { number, author, body, paths }: GroupMember): Snapshot | null {
  if (paths === null) return null;
  const own = new Set(paths);
  const { body: _none, members, ...change } = snapshot.change;
  return {
    ...snapshot,
    change: { ...change, ...(members === undefined ? {} : { members }), subject: { kind: 'pull-request', number }, author, ...(body === undefined ? {} : { body }) },
    files: snapshot.files.map((file) => (file.changed && !own.has(file.path) ? { ...file, changed: false } : file)),
  };
}

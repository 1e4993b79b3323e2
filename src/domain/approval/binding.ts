import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { JsonValue } from '../json-value.ts';
import { policiesInForce } from '../policy/policies-in-force.ts';
import type { Snapshot, SnapshotFile } from '../snapshot.ts';

/** What an approval is given to: an action, or a held finding. */
export interface BoundItem {
  /** A finding code, or an action's dotted name. */
  readonly scope: string;
  /** What tells it from others of its scope. */
  readonly subject: string;
  /** Changed paths that it rests on; none stands for all that change. */
  readonly paths: readonly string[];
  /** What was found. */
  readonly evidence: JsonValue;
}

/**
 * What an approval is bound to: the content of what was approved at B and H, what was found there, and the rules by which it was
 * judged. A push that touches none of it keeps the approval, anything else voids it.
 * @param pullRequest Where it was given: in a merge group each member's approvals are its own.
 */
export function bindingOf(snapshot: Snapshot, item: BoundItem, pullRequest: number | null): Digest {
  const { repository, entry, configuration } = snapshot;
  const files = item.paths.length === 0 ? changedOf(snapshot) : [...item.paths].toSorted().map((path) => fileAt(snapshot, path));
  return digestOfValue([repository.id, pullRequest, entry?.entry ?? null, item.scope, item.subject, files, item.evidence, configuration.organization?.digest ?? null, configuration.repository?.digest ?? null, policiesOf(snapshot)]);
}

/** As a yes that is given to what the snapshot is about would be bound. */
export function ownBindingOf(snapshot: Snapshot, item: BoundItem): Digest {
  const { subject } = snapshot.change;
  return bindingOf(snapshot, item, subject.kind === 'pull-request' ? subject.number : null);
}

interface Facts {
  readonly byPath: ReadonlyMap<string, SnapshotFile>;
  readonly changed: JsonValue;
  readonly policies: JsonValue;
}

/** A change has many items: what they share is put together once. */
const remembered = new WeakMap<Snapshot, Facts>();

function factsOf(snapshot: Snapshot): Facts {
  const known = remembered.get(snapshot);
  if (known !== undefined) return known;
  const facts = {
    byPath: new Map(snapshot.files.map((file) => [file.path, file])),
    changed: snapshot.files.filter((file) => file.changed).map(contentOf),
    policies: policiesInForce(snapshot),
  };
  remembered.set(snapshot, facts);
  return facts;
}

function changedOf(snapshot: Snapshot): JsonValue {
  return factsOf(snapshot).changed;
}

function policiesOf(snapshot: Snapshot): JsonValue {
  return factsOf(snapshot).policies;
}

function fileAt(snapshot: Snapshot, path: string): JsonValue {
  const file = factsOf(snapshot).byPath.get(path);
  return file === undefined ? [path, null, null, null] : contentOf(file);
}

function contentOf({ path, base, head }: SnapshotFile): JsonValue {
  return [path, head?.mode ?? base?.mode ?? null, base?.blob ?? null, head?.blob ?? null];
}

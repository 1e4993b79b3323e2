import { readFileAt } from '../../../domain/document/read-side.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { Finding } from '../../../domain/finding.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { unreadSide } from '../unread-side.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { manifestsOf, pipToolsSource } from './lock-manifests.ts';
import { textFacts } from '../../../domain/dependency/side-facts.ts';
import type { SideFacts } from '../../../domain/dependency/side-facts.ts';

/** Files beside changed lock files that are looked at: nobody but an attacker changes as many without their manifests. */
const most = 100;

/** What stands beside changed lock files and is not changed itself: it is asked for at the base, also where another letter case of its name changes. */
export function besideRequests(snapshot: Snapshot): readonly RequestOf<'file-at'>[] {
  return besidePaths(snapshot).slice(0, most).map((path) => requestOf(snapshot, path));
}

function requestOf({ base }: Snapshot, path: string): RequestOf<'file-at'> {
  return { kind: 'file-at', commit: base, path };
}

function besidePaths(snapshot: Snapshot): readonly string[] {
  const changed = new Set(changedFiles(snapshot).map(({ path }) => path));
  const paths = changedFiles(snapshot).flatMap(({ path, base, head }) => {
    const { folder, name } = dividedPath(path);
    const kind = dependencyFileOf(path);
    if (kind?.format === 'requirements' && head === null) return [pipToolsSource(path) ?? []].flat();
    const others = kind?.isLock !== true ? [] : base !== null ? manifestsOf(name) : name === 'npm-shrinkwrap.json' ? ['package-lock.json'] : [];
    return others.map((other) => `${folder}${other}`);
  });
  return [...new Set(paths)].filter((path) => !changed.has(path));
}

/** One of them that was not read. */
export function unreadBeside({ snapshot, evidence }: ChangeToDerive): readonly Finding[] {
  return besideRequests(snapshot).flatMap((request) => {
    const text = readFileAt(request, evidence);
    return text.kind === 'unavailable' ? [unreadSide(request.path, 'base', text.why)] : [];
  });
}

/** Tells what such a file names; null where none stands. */
export type Beside = (path: string) => SideFacts | null;

/** Each is read once, when it is asked for. */
export function besideFacts({ snapshot, evidence }: ChangeToDerive): Beside {
  const asked = new Set(besideRequests(snapshot).map(({ path }) => path));
  const known = new Map<string, SideFacts | null>();
  const factsOf = (path: string): SideFacts | null => {
    const kind = dependencyFileOf(path);
    if (kind === null) return null;
    if (!asked.has(path)) return { kind: 'unread', why: 'there are too many beside changed lock files' };
    const text = readFileAt(requestOf(snapshot, path), evidence);
    return text.kind === 'absent' ? null : textFacts(text, kind);
  };
  return (path) => {
    const facts = known.get(path);
    if (facts !== undefined) return facts;
    const found = factsOf(path);
    known.set(path, found);
    return found;
  };
}

import type { BehaviorAt } from '../domain/behavior/behavior-at.ts';
import { behaviorFiles } from '../domain/behavior/behavior-files.ts';
import { behaviorsIn } from '../domain/behavior/behaviors-in.ts';
import type { Configuration } from '../domain/configuration/configuration.ts';
import { sideRequest } from '../domain/document/read-side.ts';
import { Evidence } from '../domain/evidence.ts';
import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';
import { behaviorGlobsOf } from '../domain/configuration/own-paths.ts';

/**
 * The behaviours that a commit has, of the configuration that is in force there. Their files are kept, so that asking again costs nothing.
 * @throws Failure where not all of its files are known.
 */
export async function behaviorsAt(objects: Pick<ObjectSource, 'tree' | 'blobs'>, commit: Sha, configuration: Configuration): Promise<readonly BehaviorAt[]> {
  if (behaviorGlobsOf(configuration.document).length === 0) return [];
  const { entries, complete } = await objects.tree(commit);
  if (!complete) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read the behaviours at ${commit}: its tree could not be read whole`);
  const files = behaviorFiles(entries, configuration).map((side) => ({ path: side.path, side }));
  const wanted = files.flatMap(({ side }) => sideRequest(side) ?? []);
  const contents = wanted.length === 0 ? new Map<Sha, never>() : await objects.blobs(wanted);
  return behaviorsIn(files, new Evidence().with('blob', wanted.flatMap((request) => {
    const value = contents.get(request.blob);
    return value === undefined ? [] : [[request, { kind: 'answered', value }] as const];
  })));
}

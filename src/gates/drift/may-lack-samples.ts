import type { BehaviorSource } from '../../domain/behavior/behavior-source.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';

/**
 * Whether a person may let the change pass without samples from this source: nothing with secrets runs on the code of a fork, and
 * what mends the sampling itself can have none. A workflow that calls the one that samples is run by the change that edits it.
 */
export function mayLackSamples(snapshot: Snapshot, source: BehaviorSource): boolean {
  const sampling = samplingWorkflow(source, snapshot.repository);
  return snapshot.change.fork || changedFiles(snapshot).every(({ path, roles }) => roles.includes('own') || path === sampling);
}

/** Path in this repository; null where it stands elsewhere, or there is none. */
function samplingWorkflow(source: BehaviorSource, repository: RepositoryRef): string | null {
  if (source.kind === 'terraform-plan') return source.workflow;
  if (source.kind !== 'github-actions') return null;
  const [, where, path] = /^([^/]+\/[^/]+)\/(.+)$/.exec(source.workflow) ?? [];
  return where?.toLowerCase() === fullNameOf(repository).toLowerCase() ? (path ?? null) : null;
}

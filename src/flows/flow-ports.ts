import type { RepositoryRef } from '../domain/repository.ts';
import type { Clock, GitHubApp, Log, ObjectSource, Prober, Store } from './ports.ts';

/** What the server's flows are composed with. */
export interface FlowPorts {
  readonly store: Store;
  readonly github: GitHubApp;
  readonly clock: Clock;
  readonly log: Log;
  /** `plumbline/<version>`. */
  readonly engine: string;
  /** A fresh UUIDv7. */
  newId(): string;
  /** @param branch The branch that the change would be merged into: each branch of an entry has its own release record. */
  proberFor(objects: ObjectSource, repository: RepositoryRef, branch: string): Prober;
  /** The same with an empty, complete record, for a repository that was never governed. */
  previewProberFor(objects: ObjectSource): Prober;
}

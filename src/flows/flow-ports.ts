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
  proberFor(objects: ObjectSource, repository: RepositoryRef, entry: string): Prober;
}

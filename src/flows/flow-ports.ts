import type { GateName } from '../domain/gate-name.ts';
import type { PlaybookFile } from '../domain/playbook/collect-playbooks.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import type { Clock } from './ports/clock.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { Log } from './ports/log.ts';
import type { ObjectSource } from './ports/object-source.ts';
import type { People, Prober } from './ports/prober.ts';
import type { Store } from './ports/store.ts';

/** The release record by which a change is judged: each branch of an entry has its own. */
export interface RecordToAsk {
  /** The branch that the change would be merged into. */
  readonly branch: string;
  /** The tip of the branch that the record must reach before it counts; null when it has reached it. */
  readonly awaited: Sha | null;
}

/** What the server's flows are composed with. */
export interface FlowPorts {
  readonly store: Store;
  readonly github: GitHubApp;
  readonly clock: Clock;
  readonly log: Log;
  /** How long GitHub may take to name the pull request that brought a commit. */
  readonly settlingMs: number;
  /** `plumbline/<version>`. */
  readonly engine: string;
  /** Gates that must give a verdict: all that this version has, wherever anything is governed. */
  readonly requiredGates: readonly GateName[];
  /** A fresh UUIDv7. */
  newId(): string;
  proberFor(objects: ObjectSource, repository: RepositoryRef, record: RecordToAsk, people: People): Prober;
  /** The same with an empty, complete record, for a repository that was never governed. */
  previewProberFor(objects: ObjectSource): Prober;
  /** The playbooks that come with Plumbline. */
  builtinPlaybooks(): Promise<readonly PlaybookFile[]>;
}

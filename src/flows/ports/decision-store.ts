import type { Decision } from '../../domain/decision.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { ConfigurationSources } from '../../domain/snapshot.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';

export interface PullRequestRecord {
  readonly repository: RepositoryRef;
  readonly facts: PullRequestFacts;
  /** Whether the author may write to the base repository. */
  readonly authorCanWrite: boolean;
}

export interface DecisionRecord {
  /** Equal to the id of the evaluation that ended in it; of one that still awaits samples an id of its own. */
  readonly id: string;
  readonly repository: RepositoryRef;
  readonly subject: string;
  /** Branch entry judged for; decisions of one entry and head compete, the strictest stands. */
  readonly entry: string;
  readonly baseBranch: string;
  readonly decision: Decision;
  /** Where the configuration in force was read. Left out: by an engine that did not keep it. */
  readonly configuration?: ConfigurationSources;
  readonly decidedAt: Date;
}

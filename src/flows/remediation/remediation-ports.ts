import type { BehaviorDrift, RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { RemediationTexts } from '../../render/remediation/remediation-texts.ts';
import type { BehaviorToRemediate } from '../job-requests.ts';
import type { Clock, GitHubApp, Log, Store } from '../ports.ts';

/** Where drifts and plans come from. What can not be told throws. */
export interface RemediationSources {
  /** What is known of a behaviour now; null when the repository has none of this name any more. */
  driftNow(repository: RepositoryRef, behavior: string): Promise<BehaviorDrift | null>;
  /** What mends it at this commit of the base; null when nothing can be written: an issue, or a precondition that does not hold. MUST be the same for the same commit. */
  planFor(repository: RepositoryRef, behavior: string, base: Sha): Promise<RemediationPlan | null>;
}

export interface RemediationPorts {
  readonly store: Pick<Store, 'transaction' | 'audit'>;
  readonly github: Pick<GitHubApp, 'remediation' | 'repository'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: RemediationSources;
  readonly texts: RemediationTexts;
}

export interface AskedRemediation extends BehaviorToRemediate {
  readonly repository: RepositoryRef;
}

/** The lease on the behaviour. Throws LEASE_LOST when another has it by now. */
export interface HeldLease {
  hold(): Promise<void>;
}

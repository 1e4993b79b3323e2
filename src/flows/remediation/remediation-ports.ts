import type { BehaviorDrift, PlanNow } from '../../domain/remediation/behavior-drift.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { RemediationTexts } from '../../render/remediation/remediation-texts.ts';
import type { RollbackPlanning } from '../../domain/playbook/rollback-planning.ts';
import type { Clock } from '../ports/clock.ts';
import type { GitHubApp } from '../ports/github-app.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { RemediationEffect } from './wishes.ts';
import type { BroughtCommits } from './brought-commits.ts';

/** Where drifts and plans come from. What can not be told throws. */
export interface RemediationSources {
  /** What is known of a behaviour now; null when nothing is known of one of this name. */
  driftNow(repository: RepositoryRef, behavior: string): Promise<BehaviorDrift | null>;
  /** What mends it at this commit of the base, or why nothing can be planned, as where a precondition does not hold. MUST be the same for the same commit. */
  planFor(repository: RepositoryRef, behavior: string, base: Sha): Promise<PlanNow>;
  /** What undoes, at a commit of the base, a remediation of the behaviour that another commit brought, as its playbook says. */
  rollbackFor(repository: RepositoryRef, behavior: string, wanted: { readonly base: Sha; readonly brought: BroughtCommits }): Promise<RollbackPlanning>;
}

export interface RemediationPorts {
  readonly store: Pick<Store, 'transaction' | 'audit'>;
  readonly github: Pick<GitHubApp, 'remediation' | 'repository' | 'issues'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: RemediationSources;
  readonly texts: RemediationTexts;
  /** Why a person's wish is not granted at this moment; null: it is. Asked right before it is. */
  readonly refusalOfWish: (repository: RepositoryRef, wish: RemediationEffect) => Promise<CommandRefusal | null>;
}

export interface AskedRemediation {
  readonly behavior: string;
  readonly repository: RepositoryRef;
}

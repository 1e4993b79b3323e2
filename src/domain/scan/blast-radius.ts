import { defaultPlaybook } from '../playbook/choose-playbook.ts';

/** Repositories of an account that one scan may open remediations in: three, or a tenth of those that are governed. A detector that marks more is broken. */
export function mostRemediated(governed: number): number {
  return Math.max(3, Math.floor(governed / 10));
}

/** A drift that is confirmed, and for which something may be opened and is not yet: nobody looked at its remediation, or that was held back. */
export interface DriftToOpen {
  readonly repositoryId: number;
  /** Id of the playbook that the behaviour names; null: it names none. */
  readonly playbook: string | null;
}

/** What an account's drifts ask for together. */
export interface DriftReach {
  /** Repositories with behaviours. */
  readonly governed: number;
  /** What has its pull request or issue already, what somebody refused and what is only reported is not among them: no scan opens anything for it. */
  readonly toOpen: readonly DriftToOpen[];
}

/** How far drift reaches in an account. */
export interface BlastRadius {
  /** Ids of repositories in which something would be opened. */
  readonly drifted: ReadonlySet<number>;
  /** Repositories with behaviours. */
  readonly governed: number;
  /** That may be remediated. */
  readonly most: number;
  readonly isBeyond: boolean;
}

export function blastRadiusOf({ governed, toOpen }: DriftReach): BlastRadius {
  const drifted = repositoriesOf(toOpen);
  const most = mostRemediated(governed);
  return { drifted, governed, most, isBeyond: drifted.size > most };
}

/** Ids of repositories in which one playbook would open something. */
export function reachOfPlaybook({ toOpen }: DriftReach, id: string): ReadonlySet<number> {
  return repositoriesOf(toOpen.filter(({ playbook }) => (playbook ?? defaultPlaybook) === id));
}

function repositoriesOf(drifts: readonly DriftToOpen[]): ReadonlySet<number> {
  return new Set(drifts.map(({ repositoryId }) => repositoryId));
}

import type { KeptDrift } from '../drift/scanned-behavior.ts';
import type { Plan } from '../playbook/plan.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { DriftIdentity } from './fingerprint.ts';
import type { Hold, RemediationMode } from './remediation-state.ts';

/** What is known of a behaviour now, and how it may be remediated. */
export interface BehaviorDrift {
  /** What drifted: a path, a behaviour, a setting. Hostile text. */
  readonly target: string;
  readonly baseBranch: string;
  readonly seen: SeenDrift;
  readonly mode: RemediationMode;
  /** Pause windows and the bound of the scan; budgets are added. */
  readonly heldBy: readonly Hold[];
  /** Milliseconds after a merge in which a drift may still be there. */
  readonly verificationWindow: number;
}

/** `confirmations`: measurements in a row that said so. */
export type SeenDrift =
  | { readonly kind: 'pass'; readonly confirmations: number }
  /** `told`: what was measured, as people are told of it. Its texts are hostile. */
  | { readonly kind: 'drift'; readonly confirmations: number; readonly identity: DriftIdentity; readonly told: KeptDrift }
  /** The tip of the default branch has no such behaviour any more, and all behaviours there could be read. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'inconclusive' | 'error' };

/** What can be done about a drift at one commit of the base. */
export interface PlanNow {
  /** Null: nothing can be planned. */
  readonly plan: RemediationPlan | null;
  /** Why its playbook makes no plan of it, for a person to look at; null: it does, or nothing drifts. */
  readonly refused: string | null;
}

/** What mends a drift at one commit of the base: files, which a pull request brings, and what an issue tells a person to do. All texts are hostile. */
export interface RemediationPlan extends Omit<Plan, 'steps'> {
  /** The playbook, for people. `instead`: why it is not the one that the behaviour names, a sentence; null: it is. */
  readonly about: Pick<Playbook, 'title' | 'description' | 'docs' | 'tier'> & { readonly instead: string | null };
}

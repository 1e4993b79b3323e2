import type { Digest } from '../digest.ts';
import type { FileToWrite } from './file-to-write.ts';
import type { Fingerprint, Versioned } from './fingerprint.ts';
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
  /** `summary`: what drifted, in a sentence. Hostile text. */
  | { readonly kind: 'drift'; readonly confirmations: number; readonly fingerprint: Fingerprint; readonly summary: string }
  | { readonly kind: 'inconclusive' | 'error' };

/** What mends a drift at one commit of the base. */
export interface RemediationPlan {
  readonly playbook: Versioned;
  readonly digest: Digest;
  readonly files: readonly FileToWrite[];
}

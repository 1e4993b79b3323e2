import type { Digest } from '../digest.ts';
import type { PlannedFile, Refusal, UnsignedContract } from './plan.ts';
import type { Versioned } from '../remediation/fingerprint.ts';

/** What undoes a remediation that was merged. `no_playbook`: the behaviour, or the playbook that it names, is gone. */
export type RollbackPlanning =
  | { readonly kind: 'plan'; readonly playbook: Versioned; readonly digest: Digest; readonly files: readonly PlannedFile[]; readonly unsigned: readonly UnsignedContract[]; readonly brought: readonly string[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'no_playbook' };

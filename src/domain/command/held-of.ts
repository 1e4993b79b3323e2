import type { Decision } from '../decision.ts';
import type { HeldItem } from '../held-item.ts';

/** What of a decision people may release. */
export function heldOf(decision: Decision & { readonly held?: readonly HeldItem[] }): readonly HeldItem[] {
  return decision.held ?? [];
}

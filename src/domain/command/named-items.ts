import type { HeldItem } from '../held-item.ts';

/** What of a decision's held items a scope means: all that wait, or everything of that name, whether or not it waits. */
export function namedItems(held: readonly HeldItem[], scope: string): readonly HeldItem[] {
  return held.filter((item) => (scope === 'all' ? item.waits : item.scope === scope));
}

import type { UsageAmount } from '../../domain/usage/charge-of.ts';
import { countedUsage, withUsage } from '../../domain/usage/counted-usage.ts';
import type { CountedUsage } from '../../domain/usage/counted-usage.ts';
import type { UsageSource } from '../../domain/usage/model-usage.ts';
import { judgedWindow } from '../../domain/usage/quota-state.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import type { QuotaWindow, UsagePlace } from '../../domain/usage/quota-window.ts';
import type { UsageStore } from '../ports/usage-store.ts';

/** How far the windows of a place are used up, with more of one source where that is told. Whoever adds to them afterwards MUST have locked the account's usage. */
export async function windowStates(store: Pick<UsageStore, 'usageBetween'>, place: UsagePlace, windows: readonly QuotaWindow[], more: { readonly source: UsageSource; readonly amount: UsageAmount } | null = null): Promise<readonly JudgedWindow[]> {
  const known = new Map<string, CountedUsage>();
  const judged: JudgedWindow[] = [];
  for (const window of windows) {
    const key = `${window.scope} ${window.from} ${window.to}`;
    const counted = known.get(key) ?? countedUsage(await store.usageBetween(place.accountId, new Date(window.from), new Date(window.to)), window.scope, place);
    known.set(key, counted);
    judged.push(judgedWindow(window, more === null ? counted : withUsage(counted, more.source, more.amount)));
  }
  return judged;
}

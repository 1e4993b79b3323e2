import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import type { ToldWindow } from '../../domain/usage/told-usage.ts';
import { rejudgeUsageJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';

/**
 * Tells of each window that is used up by four fifths or more, once, and of each quota that is passed, once: by entries of the log, in the transaction that brought it there. What else
 * shares a quota that is passed is then judged again.
 */
export async function tellWindows(transaction: Pick<StoreTransaction, 'alertOnce' | 'breachOnce' | 'append' | 'enqueue'>, accountId: number, windows: readonly JudgedWindow[]): Promise<void> {
  for (const one of windows) {
    const { window, state } = one;
    if (state === 'free') continue;
    const entry = { account: accountId, repository: null, subject: `usage:${window.scope}`, actor: 'system', outcome: state, payload: windowForm(one), links: [] };
    if (await transaction.alertOnce(accountId, window)) await transaction.append({ ...entry, event: 'usage.near', rationale: 'four fifths of a quota are used up' });
    if (state !== 'exceeded' || !(await transaction.breachOnce(accountId, window))) continue;
    await transaction.append({ ...entry, event: 'usage.exceeded', rationale: 'a quota is passed' });
    await transaction.enqueue(rejudgeUsageJob({ account: accountId, scope: window.scope, subject: window.subject }));
  }
}

/** A window as programs read it: amounts as digits, of tokens or pico-dollars. */
export function windowForm({ window, used, state }: JudgedWindow): Omit<ToldWindow, 'left'> {
  const { scope, subject, measure, period, zone, from, to, limit } = window;
  return { scope, subject, measure, period, zone, from, to, limit: String(limit), used: String(used), state };
}

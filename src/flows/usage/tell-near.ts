import type { JsonObject } from '../../domain/json-value.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Tells of each window that is used up by four fifths or more, once: by an entry of the log, in the transaction that brought it there. */
export async function tellNear(transaction: Pick<StoreTransaction, 'alertOnce' | 'append'>, accountId: number, windows: readonly JudgedWindow[]): Promise<void> {
  for (const one of windows) {
    if (one.state === 'free' || !(await transaction.alertOnce(accountId, one.window))) continue;
    await transaction.append({ account: accountId, repository: null, subject: `usage:${one.window.scope}`, event: 'usage.near', actor: 'system', rationale: 'four fifths of a quota are used up', outcome: one.state, payload: windowForm(one), links: [] });
  }
}

/** A window as programs read it: amounts as digits, of tokens or pico-dollars. */
export function windowForm({ window, used, state }: JudgedWindow): JsonObject {
  const { scope, subject, measure, period, zone, from, to, limit } = window;
  return { scope, subject, measure, period, zone, from, to, limit: String(limit), used: String(used), state };
}

import type { Exchange } from '../github/proxy.ts';

/** Time that an answer may take to reach the server's event loop on a busy machine: what was sent before is excused. */
const onTheWayMs = 400;

/** Requests that were sent although an answer had asked to wait until later. Each installation, and the App, waits for itself. */
export function earlyRequests(exchanges: readonly Exchange[]): readonly string[] {
  const problems: string[] = [];
  const blockedUntil = new Map<Exchange['by'], { readonly from: number; readonly until: number }>();
  for (const one of exchanges.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const block = blockedUntil.get(one.by);
    if (block !== undefined && one.receivedAt > block.from + onTheWayMs && one.receivedAt < block.until) problems.push(`${one.method} ${one.path} was sent ${Math.round(block.until - one.receivedAt)} ms too early`);
    if (one.retryAfterMs !== null && one.answeredAt + one.retryAfterMs > (block?.until ?? 0)) blockedUntil.set(one.by, { from: one.answeredAt, until: one.answeredAt + one.retryAfterMs });
  }
  return problems;
}

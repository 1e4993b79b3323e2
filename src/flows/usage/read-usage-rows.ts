import type { ToldModelUsage, ToldUsage } from '../../domain/usage/told-usage.ts';
import type { UsageOfModel, UsageTotal } from '../../domain/usage/usage-total.ts';
import type { UsageFilter } from '../ports/usage-store.ts';
import type { Store } from '../ports/store.ts';
import { repositoriesTold } from './repositories-told.ts';

/** Rows that are read at once. */
const pageSize = 500;

/** What was charged, quarter by quarter of an hour and by time, in pages that are read as they are taken. What is reserved and not settled is not among it. */
export async function* readUsageRows(store: Pick<Store, 'search' | 'transaction'>, account: number, filter: UsageFilter): AsyncGenerator<readonly ToldUsage[], void> {
  const toldOf = repositoriesTold(store, account);
  let after: UsageTotal | null = null;
  do {
    const begin: UsageTotal | null = after;
    const page: readonly UsageTotal[] = await store.transaction((transaction) => transaction.usageTotals(account, filter, { after: begin, limit: pageSize }));
    const rows: ToldUsage[] = [];
    for (const total of page) rows.push({ ...modelTold(total, await toldOf(total.repositoryId)), from: total.from.toISOString() });
    if (rows.length > 0) yield rows;
    after = page.length < pageSize ? null : (page.at(-1) ?? null);
  } while (after !== null);
}

export function modelTold(usage: UsageOfModel, repository: ToldModelUsage['repository']): ToldModelUsage {
  const { agent, source, provider, model, isPriced, inputTokens, outputTokens, cacheReadTokens, cacheCreationTokens, tokens, cost } = usage;
  const counts = { inputTokens: String(inputTokens), outputTokens: String(outputTokens), cacheReadTokens: String(cacheReadTokens), cacheCreationTokens: String(cacheCreationTokens) };
  return { repository, agent, source, provider, model, isPriced, ...counts, tokens: String(tokens), costPicoUsd: String(cost) };
}

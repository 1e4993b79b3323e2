import { focusCsv } from '../../render/usage/focus-csv.ts';
import { findRepository } from '../find-repository.ts';
import type { Store } from '../ports/store.ts';
import { readUsageRows } from './read-usage-rows.ts';
import type { UsageRowsAsked } from './usage-asked.ts';

export type UsageExport =
  /** FOCUS rows in CSV, the header first, in pieces that are read as they are taken. */
  | { readonly kind: 'rows'; readonly pieces: AsyncGenerator<string, void> }
  /** `no_time`: the end does not come after the beginning, or more than `mostExportDays` after it. */
  | { readonly kind: 'no_time' }
  | { readonly kind: 'unknown_repository' };

/** So that a year can be told whole. */
export const mostExportDays = 400;

/** What was charged in a time, for tools that read what clouds cost. */
export async function exportUsage(store: Pick<Store, 'search' | 'transaction'>, { account, repository: named, from, to, agent, source }: UsageRowsAsked): Promise<UsageExport> {
  if (from >= to || to.getTime() - from.getTime() > mostExportDays * 86_400_000) return { kind: 'no_time' };
  const repository = named === null ? null : await findRepository(store, account, named);
  if (named !== null && repository === null) return { kind: 'unknown_repository' };
  const [plan] = await store.transaction((transaction) => transaction.scanPlansOf(account));
  const rows = readUsageRows(store, account, { from, to, repositoryId: repository?.id ?? null, agent, source });
  return { kind: 'rows', pieces: focusCsv({ id: account, login: (repository ?? plan?.repository)?.account.login ?? null }, rows) };
}

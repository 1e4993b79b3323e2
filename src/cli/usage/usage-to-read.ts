import type { Operations } from '../../flows/operations.ts';
import type { UsageAsked } from '../../flows/usage/usage-asked.ts';
import { pickAccount } from '../audit-account.ts';
import { repositoryNamed } from '../repository-named.ts';

/** What is asked about, as it was typed; null: it was not. */
export interface UsageToRead {
  readonly repository: string | null;
  readonly agent: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly account: number | null;
}

/** @throws Failure USAGE where what was typed names no repository, or no account. */
export async function usageAskedBy(operations: Pick<Operations, 'audit'>, { repository, agent, account }: UsageToRead): Promise<UsageAsked> {
  const named = repository === null ? null : repositoryNamed(repository);
  return { account: await pickAccount(operations.audit, account), repository: named, agent };
}

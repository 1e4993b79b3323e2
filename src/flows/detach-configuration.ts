import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { digestOfBytes } from '../domain/digest.ts';
import type { Store } from './ports/store.ts';

export interface DetachRequest {
  readonly account: number;
  /** Id and full name; null for the organisation's own configuration. */
  readonly repository: { readonly id: number; readonly name: string } | null;
  /** Login of who decides it. The caller MUST have read that person's role from GitHub. */
  readonly by: string;
}

/** Forgets that a configuration was seen, so that its absence is no longer missed. What was done stands in the audit log. */
export async function detachConfiguration(store: Pick<Store, 'transaction'>, request: DetachRequest): Promise<boolean> {
  const { account, repository, by } = request;
  const path = repository === null ? organizationConfigurationPath : repositoryConfigurationPath;
  return await store.transaction(async (transaction) => {
    const seen = await transaction.seenConfiguration(account, repository?.id ?? null);
    if (seen === null || !(await transaction.detachConfiguration(account, repository?.id ?? null))) return false;
    await transaction.append({
      account,
      repository,
      subject: `configuration:${path}`,
      event: 'config.detached',
      actor: `user:${by}`,
      rationale: 'detached on the command line, by a person whose role was read from GitHub',
      outcome: 'detached',
      before: digestOfBytes(seen.text),
      links: [`commit:${seen.commit}`],
    });
    return true;
  });
}

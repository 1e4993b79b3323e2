import type { Account, RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { OrganizationConfiguration } from '../ports.ts';

export type ScanPorts = FlowPorts;

/** The configuration of an organisation, read once for many repositories of it. */
export type OrganizationMemo = (repository: RepositoryRef) => Promise<OrganizationConfiguration | null>;

/** Milliseconds for which it is taken to be as it was read: about as long as the scan of an account takes. */
const memoMs = 5 * 60_000;

/** One call for each account and while. What could not be read is asked again. */
export function createOrganizationMemo({ github, clock }: Pick<FlowPorts, 'github' | 'clock'>): OrganizationMemo {
  const known = new Map<Account['id'], { readonly at: number; readonly answer: Promise<OrganizationConfiguration | null> }>();
  return (repository) => {
    const now = clock.now().getTime();
    for (const [id, { at }] of known) if (now - at >= memoMs) known.delete(id);
    const memo = known.get(repository.account.id);
    if (memo !== undefined) return memo.answer;
    const answer = github.organizationConfiguration(repository);
    known.set(repository.account.id, { at: now, answer });
    answer.catch(() => known.delete(repository.account.id));
    return answer;
  };
}

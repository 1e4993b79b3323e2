import type { Account, RepositoryRef } from '../domain/repository.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { OrganizationConfiguration } from './ports/github-app.ts';

type Memo = Pick<FlowPorts, 'github' | 'clock'>;

/**
 * The same ports, with the configuration of each organisation asked for once in a while, since many jobs of an account need it at once.
 * What could not be read is asked again. @param memoMs Milliseconds for which it is taken to be as it was read.
 */
export function withOrganizationMemo<Ports extends Memo>(ports: Ports, memoMs: number): Ports {
  return { ...ports, github: { ...ports.github, organizationConfiguration: organizationMemo(ports, memoMs) } };
}

function organizationMemo({ github, clock }: Memo, memoMs: number): Memo['github']['organizationConfiguration'] {
  const known = new Map<Account['id'], { readonly at: number; readonly answer: Promise<OrganizationConfiguration | null> }>();
  return (repository: RepositoryRef) => {
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

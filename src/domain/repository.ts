/** A GitHub account: the tenant. Its id survives reinstallation and renaming. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly kind: 'organization' | 'user';
}

/** Where a repository stands. Names change; ids do not. */
export interface RepositoryRef {
  readonly account: Account;
  readonly installationId: number;
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

export function fullNameOf(repository: RepositoryRef): string {
  return `${repository.owner}/${repository.name}`;
}

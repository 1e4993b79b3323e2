import type { RepositoryRef } from '../domain/repository.ts';
import { flagAt, numberAt, optionalTextAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { forEachItem } from './pages.ts';
import { listingScope } from './scope.ts';

/** Who can read a repository: the App's own people alone, the whole enterprise, or anybody. */
const readers = ['private', 'internal', 'public'] as const;

/** Ids of the installation's repositories that everybody can read who can read this one; null where it is private, so that who reads it was chosen. */
export async function repositoriesVisibleWith(connection: Connection, { installationId, owner, name }: RepositoryRef): Promise<ReadonlySet<number> | null> {
  const scope = listingScope(installationId);
  const width = widthOf((await connection.read(scope, '/repos/{owner}/{repo}', { owner, repo: name })).body);
  if (width === 0) return null;
  const visible = new Set<number>();
  await forEachItem((page) => connection.read(scope, '/installation/repositories', page), ['repositories'], (item) => {
    if (widthOf(item) >= width) visible.add(numberAt(item, ['id']));
  });
  return visible;
}

/** An older server names no visibility: what is not private is public there. */
function widthOf(repository: unknown): number {
  const named = readers.findIndex((one) => one === optionalTextAt(repository, ['visibility']));
  if (named >= 0) return named;
  return flagAt(repository, ['private']) ? 0 : readers.length - 1;
}

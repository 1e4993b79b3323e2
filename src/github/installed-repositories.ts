import type { RepositoryRef } from '../domain/repository.ts';
import { flagAt, numberAt, optionalTextAt, textAt } from './answer.ts';
import type { InstalledRepository } from '../flows/ports/github-app.ts';
import type { Connection } from './connection.ts';
import { forEachItem } from './pages.ts';
import { appScope, listingScope } from './scope.ts';

/** Every repository of every installation that is not suspended. */
export async function* listRepositories(connection: Connection): AsyncIterable<InstalledRepository> {
  for (const installationId of await installations(connection)) {
    const found: InstalledRepository[] = [];
    const scope = listingScope(installationId);
    await forEachItem((page) => connection.read(scope, '/installation/repositories', page), ['repositories'], (item) => {
      found.push({ repository: refOf(item, installationId), defaultBranch: textAt(item, ['default_branch']), isArchived: flagAt(item, ['archived']) });
    });
    yield* found;
  }
}

/** A repository as an API answer describes it. */
export function refOf(item: unknown, installationId: number): RepositoryRef {
  const kind = textAt(item, ['owner', 'type']) === 'Organization' ? 'organization' : 'user';
  const login = textAt(item, ['owner', 'login']);
  return { account: { id: numberAt(item, ['owner', 'id']), login, kind }, installationId, id: numberAt(item, ['id']), owner: login, name: textAt(item, ['name']) };
}

async function installations(connection: Connection): Promise<readonly number[]> {
  const ids: number[] = [];
  await forEachItem((page) => connection.read(appScope, '/app/installations', page), [], (item) => {
    if (optionalTextAt(item, ['suspended_at']) === null) ids.push(numberAt(item, ['id']));
  });
  return ids;
}

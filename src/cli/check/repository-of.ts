import { basename } from 'node:path';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { RangeSource } from './find-base.ts';

/** Ids are GitHub's: a repository on disk has none. */
export async function repositoryOf(objects: RangeSource): Promise<RepositoryRef> {
  const { owner, name } = (await objects.origin()) ?? { owner: 'local', name: basename(objects.root) };
  return { account: { id: 0, login: owner, kind: 'user' }, installationId: 0, id: 0, owner, name };
}

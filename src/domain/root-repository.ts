import type { RepositoryRef } from './repository.ts';

/**
 * Whether a repository governs its account: an organisation's `.github`, where the organisation's own files stand; of a user
 * account each, since nothing stands above it. Names are one in GitHub whatever their case.
 */
export function isRootRepository({ account, name }: RepositoryRef): boolean {
  return account.kind === 'user' || name.toLowerCase() === '.github';
}

import type { GitClaims } from '../../audit/git-claims.ts';
import { Failure } from '../../domain/failure.ts';
import type { BranchSource } from '../../flows/verify-git.ts';

export interface ClonedRepository {
  readonly git: BranchSource;
  /** `owner/name` as stated or as the clone's origin says; null when neither does. */
  readonly name: string | null;
  readonly isStated: boolean;
}

/** What the logs say about the repository that a clone is of. A name in the clone itself is a hint: it may have been renamed. */
export function claimsAbout({ name, isStated }: ClonedRepository, claims: readonly GitClaims[]): GitClaims {
  const named = claims.find((one) => one.name.toLowerCase() === name?.toLowerCase());
  if (named !== undefined) return named;
  const released = claims.filter(({ releases, silent }) => releases.length + silent.length > 0);
  const [only, ...others] = released;
  if (only !== undefined && others.length === 0 && !isStated) return only;
  const known = released.slice(0, 20).map((one) => one.name).join(', ');
  throw new Failure('USAGE', `Cannot tell what the clone is of: found ${name === null ? 'no origin' : JSON.stringify(name)}, the log has releases of ${known === '' ? 'no repository' : known}. Name it with --repository <owner/name>.`);
}

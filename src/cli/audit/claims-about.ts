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
  const released = claims.filter(({ releases, silent }) => releases.length + silent.length > 0);
  const hasName = (one: GitClaims): boolean => one.name.toLowerCase() === name?.toLowerCase();
  // Another one of the same name, of which nothing was ever released, says nothing of a clone.
  const same = released.some(hasName) ? released.filter(hasName) : claims.filter(hasName).slice(0, 1);
  const [named, ...twins] = same;
  if (named !== undefined && twins.length > 0) throw new Failure('USAGE', tooMany(named.name, same));
  if (named !== undefined) return named;
  const [only, ...others] = released;
  if (only !== undefined && others.length === 0 && !isStated) return only;
  const known = released.slice(0, 20).map((one) => one.name).join(', ');
  throw new Failure('USAGE', `Cannot tell what the clone is of: found ${name === null ? 'no origin' : JSON.stringify(name)}, the log has releases of ${known === '' ? 'no repository' : known}. Name it with --repository <owner/name>.`);
}

/** A repository was given to another account, or made anew under its old name. */
function tooMany(name: string, claims: readonly GitClaims[]): string {
  const found = claims.slice(0, 20).map(({ account, repositoryId }) => `repository ${repositoryId} in the log of account ${account}`).join(', ');
  const isOneLog = new Set(claims.map(({ account }) => account)).size === 1;
  return `Cannot tell what the clone is of: ${claims.length} repositories are called ${JSON.stringify(name)}: ${found}. ${isOneLog ? 'A clone is compared only where its name tells it from others.' : 'Say which log is meant with --account <id>.'}`;
}

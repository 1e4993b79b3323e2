import type { DeliveryPage } from '../../domain/delivery-attempt.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { GitHubIssues } from './github-issues.ts';
import type { GitHubRemediation } from './github-remediation.ts';
import type { GitHubRepository } from './github-repository.ts';
import type { ObjectSource } from './object-source.ts';

/** The organisation's configuration file at the tip of its `.github` repository; `bytes: null` when the file is not there. */
export interface OrganizationConfiguration {
  readonly repository: RepositoryRef;
  readonly commit: Sha;
  readonly bytes: Uint8Array | null;
  /** Why what stands there can not be used: it is no file, or too large. */
  readonly unusable?: string;
}

/** A repository that the App may read, as its installation lists it. */
export interface InstalledRepository {
  readonly repository: RepositoryRef;
  readonly defaultBranch: string;
  /** Nothing can be written to it. */
  readonly isArchived: boolean;
}

/** The App on GitHub. */
export interface GitHubApp {
  repository(ref: RepositoryRef): GitHubRepository;
  remediation(ref: RepositoryRef): GitHubRemediation;
  issues(ref: RepositoryRef): GitHubIssues;
  /** The organisation's `.github` repository, or null when it does not exist or is not readable as such (then throw instead when unsure). */
  organizationRepository(ref: RepositoryRef): Promise<RepositoryRef | null>;
  /** What the organisation's `.github` repository holds, or for a user account the repository itself. Nothing is asked for what is known. */
  organizationObjects(ref: RepositoryRef): Pick<ObjectSource, 'blobs'>;
  /** The organisation's `plumbline.yml` in one call; null for a user account or without a `.github` repository. Throws when it can not be told. */
  organizationConfiguration(ref: RepositoryRef): Promise<OrganizationConfiguration | null>;
  repositories(): AsyncIterable<InstalledRepository>;
  /** Ids of the installation's repositories that everybody can read who can read this one; null where it is private: who reads it was chosen. */
  repositoriesVisibleWith(ref: RepositoryRef): Promise<ReadonlySet<number> | null>;
  /** Attempts since the instant, newest first, one page; null begins. A cursor that GitHub no longer knows throws GITHUB_REFUSED. */
  deliveryAttempts(since: Date, cursor: string | null): Promise<DeliveryPage>;
  redeliver(id: number): Promise<void>;
  slug(): Promise<string>;
  /** Where people go, without a slash at the end: `https://github.com`, or an Enterprise Server. */
  readonly webUrl: string;
}

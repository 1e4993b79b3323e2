import type { RepositoryRef } from '../domain/repository.ts';

export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** Whom a call speaks for: the App itself, or an installation token limited to named repositories and permissions. */
export type Scope =
  | { readonly kind: 'app' }
  | {
      readonly kind: 'installation';
      readonly installationId: number;
      /** Null: all that the installation can see; only to list them. */
      readonly repositories: { readonly ids: readonly number[] } | { readonly names: readonly string[] } | null;
      readonly permissions: Permissions;
    };

export const appScope: Scope = { kind: 'app' };

/** Reading a change can never write. */
export function readingScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', contents: 'read', pull_requests: 'read', checks: 'read' });
}

/** Performing effects can not touch contents. */
export function writingScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', checks: 'write', pull_requests: 'write' });
}

/**
 * Only for commits that somebody asked for and for those of remediation, with their branches. Settings of merges are read with it too,
 * when a behaviour declares some: GitHub shows them only to who may write contents.
 */
export function committingScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', contents: 'write' });
}

/** Only to let a pull request of remediation merge by itself, which would write contents. */
export function mergingScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', contents: 'write', pull_requests: 'write' });
}

/** Issues that our App opens: with a token of its own, since not every installation has granted it. Nothing of a pull request can be written with it. */
export function issuesScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', issues: 'write' });
}

/** What workflows left behind: asked with a token of its own, since not every installation has granted it. */
export function actionsScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', actions: 'read' });
}

export function organizationScope(ref: RepositoryRef): Scope {
  return { kind: 'installation', installationId: ref.installationId, repositories: { names: ['.github'] }, permissions: { metadata: 'read', contents: 'read' } };
}

export function listingScope(installationId: number): Scope {
  return { kind: 'installation', installationId, repositories: null, permissions: { metadata: 'read' } };
}

/** What waits in a merge queue: asked about a group, with a token of its own, since not every installation has granted it. */
export function queueScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', contents: 'read', pull_requests: 'read', merge_queues: 'read' });
}

/** Who is in which team, and where a pull request stands meanwhile. */
export function peopleScope(ref: RepositoryRef): Scope {
  return inRepository(ref, { metadata: 'read', contents: 'read', pull_requests: 'read', members: 'read' });
}

/** Who owns the organisation, and who is in which of its teams. */
export function membersScope(installationId: number): Scope {
  return { kind: 'installation', installationId, repositories: null, permissions: { members: 'read' } };
}

function inRepository(ref: RepositoryRef, permissions: Permissions): Scope {
  return { kind: 'installation', installationId: ref.installationId, repositories: { ids: [ref.id] }, permissions };
}

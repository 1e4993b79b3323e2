import type { BranchEntry, Configuration } from './configuration/configuration.ts';
import type { OrganizationKind } from './configuration/organization-files.ts';
import type { Digest } from './digest.ts';
import type { Finding } from './finding.ts';
import type { RepositoryRef } from './repository.ts';
import type { FileSide, Sha, TreeEntry } from './tree.ts';

/** A governed or changed path as it stands at M, B and H. */
export interface SnapshotFile {
  readonly path: string;
  readonly mergeBase: FileSide | null;
  readonly base: FileSide | null;
  readonly head: FileSide | null;
  /** Whether M…H changes it. */
  readonly changed: boolean;
  /** What B makes of it, and whether the change would make it Plumbline's own; empty for an ungoverned path. */
  readonly roles: readonly FileRole[];
}

/**
 * `own`: Plumbline's own files, which the base's configuration reads to decide something, and what its behaviours name. `own-anew`: those
 * that are so by the configuration or the behaviours of the head alone. A change may not name a file to be treated less strictly.
 */
export type FileRole = 'contract' | 'schema' | 'request' | 'own' | 'own-anew';

/** Whether a file is Plumbline's own, or would be with the change. */
export function isOwn({ roles }: Pick<SnapshotFile, 'roles'>): boolean {
  return roles.includes('own') || roles.includes('own-anew');
}

/** What is judged: an open pull request, a merge group, or a range of a local repository. */
export type Subject =
  | { readonly kind: 'pull-request'; readonly number: number }
  | { readonly kind: 'merge-group'; readonly headRef: string; readonly members: readonly number[] | 'unresolved' }
  | { readonly kind: 'range' };

/** A pull request of a merge group, as it would be judged alone. */
export interface GroupMember {
  readonly number: number;
  readonly author: string;
  /** Its own, which is not that of the group; left out: an older version did not read it. */
  readonly head?: Sha;
  /** As that of a change. */
  readonly body?: string;
  /** Paths that it changes, sorted; null: they could not be read whole. */
  readonly paths: readonly string[] | null;
}

export interface Change {
  readonly subject: Subject;
  readonly author: string;
  readonly title: string;
  /** Of the pull request, at most `limits.bodyCharacters`; left out: it has none, or an older version did not read it. */
  readonly body?: string;
  /** Of a merge group, where evidence of agents is asked for; left out: it is not, or it is no group. */
  readonly members?: readonly GroupMember[];
  readonly draft: boolean;
  /** From a repository other than the base's. */
  readonly fork: boolean;
  /** The branch that it would be merged into. */
  readonly baseBranch: string;
}

/** Where one level of the configuration in force was read. */
export interface ConfigurationSource {
  readonly repository: string;
  readonly path: string;
  readonly commit: Sha;
  readonly digest: Digest;
}

/** Null: that level has none in force. */
export interface ConfigurationSources {
  readonly organization: ConfigurationSource | null;
  readonly repository: ConfigurationSource | null;
}

/** A file of the organisation's repository, at the commit of its configuration in force, and what it is read as for all repositories. */
export interface OrganizationFile extends FileSide {
  readonly kind: OrganizationKind;
  readonly path: string;
}

/** `left`: this run was not given them, and leaves what they say to the App. */
export type OrganizationFiles =
  | { readonly kind: 'files'; readonly files: readonly OrganizationFile[] }
  | UnreadableFiles
  | { readonly kind: 'left' };

/** `isLasting`: asking again would not change that: there are too many, or they are too large. */
export interface UnreadableFiles {
  readonly kind: 'unreadable';
  readonly why: string;
  readonly isLasting: boolean;
}

/**
 * `none`: configured nowhere. `effective`: judges, perhaps from an older commit (then `findings` say so).
 * `unusable`: configured, but no valid version exists or none can be read; every change is blocked.
 */
export interface ConfigurationState extends ConfigurationSources {
  readonly kind: 'none' | 'effective' | 'unusable';
  readonly effective: Configuration | null;
  /** Text of the organisation's configuration in force, for the ratchet on the head's own configuration. */
  readonly organizationText: string | null;
  /** What the organisation's configuration names of its repository for all others; null: it names none. */
  readonly organizationFiles: OrganizationFiles | null;
  readonly findings: readonly Finding[];
  /** Whether the branch's rules require our roll-up; null when not asked. */
  readonly requiredByBranch: boolean | null;
  /** Set when the base's own repository configuration is invalid or vanished: a change that mends it is held, not blocked. */
  readonly repairs: readonly string[];
}

export interface PathTwin {
  readonly path: string;
  readonly other: string;
}

/** A behaviour that is not valid at the base, as it was when it last was, with what it names as that commit has it. */
export interface OlderBehavior {
  readonly path: string;
  /** Of first-parent history below the base. */
  readonly commit: Sha;
  readonly side: FileSide;
  readonly named: readonly TreeEntry[];
}

/** The frozen input of a decision. "Now" is part of it. Nothing here is fetched later. */
export interface Snapshot {
  readonly version: 1;
  readonly engine: string;
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly repository: RepositoryRef;
  readonly change: Change;
  /** The governed branch entry that the base belongs to; null when the base is not governed. */
  readonly entry: BranchEntry | null;
  /** M, B, H. */
  readonly mergeBase: Sha;
  readonly base: Sha;
  readonly head: Sha;
  /** All governed and all changed paths, sorted by path. */
  readonly files: readonly SnapshotFile[];
  /** Changed paths that equal another path of R after case folding or NFC, where either is governed. */
  readonly twins: readonly PathTwin[];
  /** What could not be read whole; anything here makes the `change` gate inconclusive. */
  readonly unreadable: readonly string[];
  readonly configuration: ConfigurationState;
  /** What judges in the place of behaviours that are not valid at the base; left out: nothing has to, or nothing can. */
  readonly olderBehaviors?: readonly OlderBehavior[];
  /** Bytes that the change brings to be read, where they are over the limit: then none of them is read. */
  readonly excessBytes?: number;
}

/** The side of a file in R: the base with the changed paths of the head. */
export function resultSide(file: SnapshotFile): FileSide | null {
  return file.changed ? file.head : file.base;
}

export function changedFiles(snapshot: Snapshot): readonly SnapshotFile[] {
  return snapshot.files.filter((file) => file.changed);
}

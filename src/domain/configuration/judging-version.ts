import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json-value.ts';
import type { Sha } from '../tree.ts';
import { readConfiguration } from './read-configuration.ts';

/** What stands at the configuration's path at one commit. */
export interface ConfigurationVersion {
  readonly commit: Sha;
  /** Null: nothing readable stands there. */
  readonly bytes: Uint8Array | null;
  /** Why what stands there has no bytes: too large, a symlink. Left out: nothing stands there. */
  readonly unusable?: string;
}

/** Where one level of the configuration comes from. */
export interface ConfigurationLevel {
  /** Full name of the repository. */
  readonly repository: string;
  readonly path: string;
  /** Newest first along first-parent history; the first is the commit that is to judge. */
  readonly versions: readonly ConfigurationVersion[];
  /** Whether history has no older commit than these. */
  readonly exhausted: boolean;
  /** Whether a valid one was seen here before and not detached: only then is absence a loss. */
  readonly seen: boolean;
  /** Why it could not be read at all; null when it was read. A repository that is gone after it was seen is unreadable. */
  readonly unreadable: string | null;
}

/** `stale`: an older one judges, since the newest is invalid or vanished for the reason in `problem`. */
export type JudgingVersion =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly version: SoundVersion }
  | { readonly kind: 'stale'; readonly version: SoundVersion; readonly problem: VersionProblem }
  | { readonly kind: 'unusable'; readonly problem: VersionProblem }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'need-older' };

export interface SoundVersion {
  readonly commit: Sha;
  readonly bytes: Uint8Array;
  readonly document: JsonObject;
  readonly text: string;
}

export interface VersionProblem {
  readonly commit: Sha | null;
  readonly why: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** What tells which version of a level judges. */
export type LevelVersions = Omit<ConfigurationLevel, 'repository'>;

/** Finds the version that judges: the newest, or where that is invalid or lost the newest valid one before it. */
export function judgingVersion(level: LevelVersions): JudgingVersion {
  if (level.unreadable !== null) return { kind: 'unreadable', why: level.unreadable };
  const [newest] = level.versions;
  if (newest === undefined && !level.exhausted) return { kind: 'need-older' };
  if (!level.seen && (newest === undefined || isAbsent(newest))) return { kind: 'none' };
  const version = firstSound(level);
  if (version === null && !level.exhausted) return { kind: 'need-older' };
  if (version !== null && version.commit === newest?.commit) return { kind: 'valid', version };
  const problem = problemOf(level, newest);
  return version === null ? { kind: 'unusable', problem } : { kind: 'stale', version, problem };
}

function isAbsent(version: ConfigurationVersion): boolean {
  return version.bytes === null && version.unusable === undefined;
}

function firstSound(level: LevelVersions): SoundVersion | null {
  for (const { commit, bytes } of level.versions) {
    if (bytes === null) continue;
    const reading = readConfiguration(bytes, level.path);
    if (reading.kind === 'valid') return { commit, bytes, document: reading.document, text: reading.text };
  }
  return null;
}

function problemOf(level: LevelVersions, newest: ConfigurationVersion | undefined): VersionProblem {
  if (newest === undefined || isAbsent(newest)) return { commit: newest?.commit ?? null, why: 'it is gone', line: null, column: null };
  const first = newest.bytes === null ? null : firstFinding(newest.bytes, level.path);
  return { commit: newest.commit, why: first?.message ?? newest.unusable ?? 'it can not be read', line: first?.line ?? null, column: first?.column ?? null };
}

function firstFinding(bytes: Uint8Array, path: string): Finding | null {
  const reading = readConfiguration(bytes, path);
  return reading.kind === 'invalid' ? (reading.findings[0] ?? null) : null;
}

import type { DependencyFile, Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import type { DependencyFacts } from '../../../domain/dependency/dependency.ts';

/** A changed manifest or lock file with what it names on both sides. */
export interface ChangedFile {
  readonly path: string;
  readonly file: DependencyFile;
  readonly before: DependencyFacts;
  /** Whether it stood at the base as something that nobody here can read: it may have named anything. */
  readonly isBaseUnread: boolean;
  readonly head: DependencyFacts;
  readonly isNew: boolean;
  /** Whether it stands at the head. */
  readonly isKept: boolean;
  /** At the head; empty where the file is gone. */
  readonly text: string;
}

/** What a change does with one package in one file. */
export interface PackageChange {
  readonly action: 'dependency.add' | 'dependency.bump_major';
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly path: string;
  readonly kind: string;
  readonly from: readonly string[];
  readonly to: string;
  /** Where it comes from, when that is no index. */
  readonly source: string | null;
  /** The project itself asks for it, as far as the file tells. */
  readonly isDirect: boolean;
}

/** A package that a file names as before and gets from elsewhere or with another content, or an index that is new or gone. */
export interface SourceChange {
  readonly path: string;
  readonly what: string;
}

export interface FileChanges {
  readonly changes: readonly PackageChange[];
  readonly sources: readonly SourceChange[];
}

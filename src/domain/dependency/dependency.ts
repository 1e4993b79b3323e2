/** A package that a file names. */
export interface Dependency {
  /** As the ecosystem compares names. */
  readonly name: string;
  /** Where in the file it stands: `devDependencies`, `lock`. */
  readonly kind: string;
  /** A version, a range, or whatever else stands in its place. */
  readonly wanted: string;
  /**
   * Where it comes from, when that is no package index: an address, a repository; of a lock file the index too, and of a repository the commit.
   * As it is written, to compare: it may have a password, so it is told by `toldAddress` only.
   */
  readonly source: string | null;
  /** What stands as digests that its content must have, also what is none; an empty one for each file of it that has none. */
  readonly hashes: readonly string[];
  /** Of a lock file: whether it says that the project itself asks for it. A manifest asks for all that it names. */
  readonly isDirect: boolean;
  /** Of a folder or an archive: where it lies, from the folder of the file. What lies in the repository itself is no dependency. */
  readonly place?: string;
  /** By which it is asked for, where that is another name. */
  readonly key?: string;
  /** Of a manifest: whether it is asked for in some environments alone, so that a lock file may do without it. */
  readonly isConditional?: true;
  /** Parts of it that bring packages of their own. */
  readonly extras?: readonly string[];
}

export interface DependencyFacts {
  readonly dependencies: readonly Dependency[];
  /** Other indexes that packages may come from. */
  readonly indexes: readonly string[];
  /** Names of what lies in the repository itself, which is no dependency. */
  readonly inside?: readonly string[];
  /** Of a lock file: names that its entries ask for, wherever they are installed. */
  readonly asked?: readonly string[];
  /** Of a manifest: whether the lock file beside it is for other manifests too. */
  readonly hasMembers?: boolean;
  /** Files whose packages are asked for too, as they are named. */
  readonly included?: readonly string[];
}

/** A text that is no file of its kind. */
export class UnreadDependencies extends Error {}

/** A dependency of a manifest. */
export function declared(name: string, kind: string, wanted: string, source: string | null = null): Dependency {
  return { name, kind, wanted, source, hashes: [], isDirect: true };
}

/** An address that may be told: without the name and the password in it. Two that are told alike may lead to different places: never compared. */
export function toldAddress(address: string): string {
  return address.replaceAll(/\/\/[^/\\?#\s@]{0,2000}@/g, '//');
}

/** The beginning of a line that is not read, without any address in it, of which a cut would leave the password. */
export function toldLine(line: string): string {
  return JSON.stringify((line.split('//', 1)[0] ?? '').slice(0, 40));
}

/** Whether all programs divide an address alike: an address of the web of no other characters than RFC 3986 (section 2) has. Any other is told from all others whole. */
export function isPlainAddress(address: string): boolean {
  return /^https?:\/\/[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i.test(address);
}

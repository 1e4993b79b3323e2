import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import type { Dependency } from '../../../domain/dependency/dependency.ts';
import { isContentDigest } from '../../../domain/dependency/is-content-digest.ts';
import { isOtherMajor, versionSpan } from './version-span.ts';
import type { VersionSpan } from './version-span.ts';

/** Versions of one package that are compared with each new one: nobody but an attacker names as many. */
const compared = 50;

interface KnownVersion {
  readonly sources: Set<string | null>;
  readonly hashes: Set<string>;
}

/** What stood of one package. */
export interface KnownPackage {
  readonly versions: Map<string, KnownVersion>;
  /** Of all its versions. */
  readonly sources: Set<string | null>;
  readonly extras: Set<string>;
  /** Whether each of its versions had a digest. */
  isChecked: boolean;
  spans: readonly (VersionSpan | null)[] | null;
}

export type KnownPackages = ReadonlyMap<string, KnownPackage>;

export function knownPackages(dependencies: readonly Dependency[]): KnownPackages {
  const known = new Map<string, KnownPackage>();
  for (const { name, wanted, source, hashes, extras = [] } of dependencies) {
    const one = known.get(name) ?? { versions: new Map<string, KnownVersion>(), sources: new Set<string | null>(), extras: new Set<string>(), isChecked: true, spans: null };
    const version = one.versions.get(wanted) ?? { sources: new Set(), hashes: new Set() };
    one.sources.add(source);
    for (const extra of extras) one.extras.add(extra);
    one.isChecked &&= isChecked(hashes);
    version.sources.add(source);
    for (const hash of hashes) version.hashes.add(hash);
    one.versions.set(wanted, version);
    known.set(name, one);
  }
  return known;
}

/** Whether what is wanted now may be of a major version that nothing of what stood allowed. */
export function isNewMajor(known: KnownPackage, wanted: string, ecosystem: Ecosystem): boolean {
  known.spans ??= firstOf(known.versions.keys(), compared).map((one) => versionSpan(one, ecosystem));
  const to = versionSpan(wanted, ecosystem);
  return known.spans.every((from) => isOtherMajor(from, to));
}

/** Whether the same version comes from elsewhere now, or may be another content. */
export function isElsewhere(version: KnownVersion, { source, hashes }: Dependency): boolean {
  const isKnown = version.hashes.size > (version.hashes.has('') ? 1 : 0);
  const isOtherContent = isKnown && (hashes.length === 0 || hashes.some((hash) => !version.hashes.has(hash)));
  return !version.sources.has(source) || isOtherContent;
}

/** Whether the content of every version that stood was known by its digest, and that of this one is not. */
export function isUnchecked(known: KnownPackage, { hashes }: Dependency): boolean {
  return known.isChecked && !isChecked(hashes);
}

function isChecked(hashes: readonly string[]): boolean {
  return hashes.length > 0 && hashes.every(isContentDigest);
}

/** Versions of a package as they stood, as many as a reader bears. */
export function versionsOf(known: KnownPackage | undefined): readonly string[] {
  return known === undefined ? [] : firstOf(known.versions.keys(), 5);
}

/** Without going through all: one package may have tens of thousands. */
function firstOf(texts: Iterable<string>, count: number): readonly string[] {
  const first: string[] = [];
  for (const text of texts) {
    if (first.length === count) break;
    first.push(text);
  }
  return first;
}

import { canonicalText } from '../../../domain/canonical.ts';
import { bundlesOf } from '../../../domain/configuration/bundles-of.ts';
import type { BundlePlace, NamedBundle } from '../../../domain/configuration/bundles-of.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from '../../../domain/configuration/configuration-paths.ts';
import { member } from '../../../domain/configuration/member.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { BundlesInForce } from '../../../domain/policy/bundles-in-force.ts';
import { changedFiles, resultSide } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';
import type { BundleSource } from './bundle-source.ts';
import { documentAfter } from './document-after.ts';
import type { PolicyPath } from './policy-tree.ts';

/** What a change makes of the bundles that are named where it is made. */
export interface BundleTrial {
  readonly isHere: boolean;
  readonly bundles: readonly NamedBundle[];
  /** Of the configuration that names them. */
  readonly path: string;
  /** Null: not to be told before it is merged. */
  readonly keys: readonly PolicyPath[] | null;
  readonly areKeysNamedAnew: boolean;
  /** Whether the configuration says the same of everything else. */
  readonly isConfined: boolean;
  /** Those that the change touches. */
  readonly keyFiles: readonly string[];
  readonly changed: ReadonlySet<string>;
}

/** At the root, and there in the default branch, a change touches those of the organisation. */
export function bundleTrial(change: ChangeToDerive, { level, document, bundles, lost }: BundlesInForce): BundleTrial {
  const { snapshot, configuration } = change;
  const path = level === 'organization' ? organizationConfigurationPath : repositoryConfigurationPath;
  const isHere = level === 'repository' || (configuration.isRoot && snapshot.entry?.isDefault === true);
  if (!isHere || lost !== null) return { isHere: false, bundles, path, keys: [], areKeysNamedAnew: false, isConfined: false, keyFiles: [], changed: new Set() };
  const after = documentAfter(change, path, document);
  const [before, globs] = [keysNamed(document), keysNamed(after)];
  const matchers = [...new Set([...before, ...globs])].map((glob) => compileGlob(glob));
  const changed = changedFiles(snapshot).map((file) => file.path);
  const areKeysNamedAnew = canonicalText([...before]) !== canonicalText([...globs]);
  return { isHere, bundles: bundlesOf(after), path, keys: triedKeys(snapshot, before, globs), areKeysNamedAnew, isConfined: canonicalText(restOf(document)) === canonicalText(restOf(after)), keyFiles: changed.filter((one) => matchers.some((glob) => glob.matches(one))), changed: new Set(changed) };
}

/** What a configuration says beside its bundles and who signs them. */
function restOf(document: JsonObject): JsonObject {
  return { ...document, keys: [], governance: { ...member.object(document, 'governance'), bundles: [] } };
}

function keysNamed(document: JsonObject): readonly string[] {
  return member.texts(document, 'keys');
}

/** A file that only the head names, and that it does not touch, is in no snapshot: it is asked for by its name. */
function triedKeys(snapshot: Snapshot, before: readonly string[], after: readonly string[]): readonly PolicyPath[] | null {
  const matchers = after.map((glob) => compileGlob(glob));
  const listed = snapshot.files.filter((file) => resultSide(file) !== null && matchers.some((glob) => glob.matches(file.path))).map((file) => ({ path: file.path, request: sideRequest(resultSide(file)) }));
  const anew = after.filter((glob) => !before.includes(glob) && !snapshot.files.some(({ path }) => path === glob));
  if (anew.some((glob) => /[*?[\]{}\\]/.test(glob))) return null;
  return [...listed, ...anew.map((path) => ({ path, request: fileAtBase(snapshot, path) }))];
}

export function triedContent(place: BundlePlace, snapshot: Snapshot): BundleSource['content'] {
  if (place.kind === 'url') return pinnedRequest(place);
  const { path } = place;
  const file = snapshot.files.find((one) => one.path === path);
  return { path, request: file === undefined ? fileAtBase(snapshot, path) : sideRequest(resultSide(file)) };
}

function fileAtBase({ base }: Snapshot, path: string): RequestOf<'file-at'> {
  return { kind: 'file-at', commit: base, path };
}

export function pinnedRequest({ url, digest }: Extract<BundlePlace, { readonly kind: 'url' }>): RequestOf<'pinned-bundle'> {
  return { kind: 'pinned-bundle', url, digest };
}

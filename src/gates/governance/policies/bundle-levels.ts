import { canonicalText } from '../../../domain/canonical.ts';
import type { BundlePlace, NamedBundle } from '../../../domain/configuration/bundles-of.ts';
import { bundlesInForce, noneOfOrganization } from '../../../domain/policy/bundles-in-force.ts';
import type { BundlesInForce, LostFiles } from '../../../domain/policy/bundles-in-force.ts';
import type { TreeEntry } from '../../../domain/tree.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { organizationRequest, sideRequest } from '../../../domain/document/read-side.ts';
import type { BundleSource } from './bundle-source.ts';
import { bundleTrial, pinnedRequest, triedContent } from './bundle-trial.ts';
import type { BundleTrial } from './bundle-trial.ts';
import type { ContentRequest } from './policy-tree.ts';

/** One ready bundle, before and after the change. */
export interface BundleLevel {
  /** As a reader meets it. */
  readonly whose: string;
  /** Who mends it. */
  readonly mender: string;
  /** As it judges; null: the change names it as the first. */
  readonly base: BundleSource | null;
  /** As it would; null where the change touches nothing of it, takes it away, or names keys by a pattern of which nobody knows what it matches. */
  readonly result: BundleSource | null;
  /** Changed paths that it rests on; of the configuration only where that changes nothing else. */
  readonly touched: readonly string[];
  readonly namedBy: string;
  readonly isHere: boolean;
  /** Why it is not known what stands at its path. */
  readonly lost: LostFiles | null;
}

/** Each bundle in force, and each that the change would bring; at the root also with the first configuration of the organisation. */
export function bundleLevels(change: ChangeToDerive): readonly BundleLevel[] {
  const inForce = bundlesInForce(change.snapshot);
  const isFirst = inForce.level === 'repository' && change.configuration.isRoot;
  return [inForce, ...(isFirst ? [noneOfOrganization] : [])].flatMap((one) => levelsOf(change, one));
}

function levelsOf(change: ChangeToDerive, inForce: BundlesInForce): readonly BundleLevel[] {
  const tried = bundleTrial(change, inForce);
  const names = [...new Set([...inForce.bundles, ...tried.bundles].map(({ name }) => name))];
  return names.map((name) => levelOf(named(inForce.bundles, name), named(tried.bundles, name), { change, inForce, tried, name }));
}

interface Compared {
  readonly change: ChangeToDerive;
  readonly inForce: BundlesInForce;
  readonly tried: BundleTrial;
  readonly name: string;
}

function levelOf(before: NamedBundle | null, after: NamedBundle | null, { change: { snapshot }, inForce, tried, name }: Compared): BundleLevel {
  const { level, lost } = inForce;
  const isRenamed = tried.isHere && canonicalText(wordsOf(before)) !== canonicalText(wordsOf(after));
  const ofFile = after?.place.kind === 'path' && tried.changed.has(after.place.path) ? [after.place.path] : [];
  const isNamedAnew = isRenamed || tried.areKeysNamedAnew;
  const touched = [...new Set([...ofFile, ...tried.keyFiles, ...(isNamedAnew && tried.isConfined ? [tried.path] : [])])];
  return {
    whose: `the ${level === 'organization' ? "organisation's" : "repository's"} bundle ${name}`,
    mender: level === 'organization' ? (snapshot.configuration.organization?.repository ?? "the organisation's repository") : 'this repository',
    base: before === null ? null : { content: inForceContent(before.place, inForce), keys: inForce.keys.map((file) => ({ path: file.path, request: requestOf(file, inForce) })), goodAt: null },
    result: after === null || tried.keys === null || (touched.length === 0 && !isNamedAnew) ? null : { content: triedContent(after.place, snapshot), keys: tried.keys, goodAt: snapshot.now },
    touched,
    namedBy: tried.path,
    isHere: tried.isHere && (level === 'repository' || snapshot.configuration.organization?.commit === snapshot.base),
    lost,
  };
}

function inForceContent(place: BundlePlace, inForce: BundlesInForce): BundleSource['content'] {
  if (place.kind === 'url') return pinnedRequest(place);
  const { path } = place;
  const file = inForce.files.find((one) => one.path === path);
  return { path, request: file === undefined ? null : requestOf(file, inForce) };
}

function requestOf(file: TreeEntry, { level }: BundlesInForce): ContentRequest | null {
  return level === 'organization' ? organizationRequest(file) : sideRequest(file);
}

function named(bundles: readonly NamedBundle[], wanted: string): NamedBundle | null {
  return bundles.find(({ name }) => name === wanted) ?? null;
}

function wordsOf(bundle: NamedBundle | null): readonly string[] {
  if (bundle === null) return [];
  const { place } = bundle;
  return place.kind === 'path' ? [place.path] : [place.url, place.digest];
}

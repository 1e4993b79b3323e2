import { organizationFilesOf } from '../configuration/organization-files.ts';
import type { JsonValue } from '../json-value.ts';
import type { Snapshot } from '../snapshot.ts';
import { bundlesInForce } from './bundles-in-force.ts';
import type { BundlesInForce } from './bundles-in-force.ts';
import { ownPolicies } from './own-policies.ts';

/** What judges beside the built-in rules, by path and content: the repository's own Rego at B, the organisation's, and ready bundles with their keys. */
export function policiesInForce(snapshot: Pick<Snapshot, 'files' | 'configuration'>): JsonValue {
  const { files, configuration: { effective, organizationFiles } } = snapshot;
  const own = ownPolicies(files, effective?.policyPaths ?? []).map(({ path, base }) => [path, base.blob]);
  const rego = [own, theirs(organizationFilesOf(organizationFiles, 'policy'))];
  const bundles = bundlesInForce(snapshot);
  return bundles.bundles.length === 0 ? rego : [...rego, contentOf(bundles)];
}

function theirs(policies: ReturnType<typeof organizationFilesOf>): JsonValue {
  if (policies.kind === 'unreadable') return policies.why;
  return policies.files.length === 0 ? null : policies.files.map(({ path, blob }) => [path, blob]);
}

/** What stands at an address is known by its pin. */
function contentOf({ level, bundles, files, keys, lost }: BundlesInForce): JsonValue {
  const blobs = new Map(files.map(({ path, blob }) => [path, blob]));
  const named = bundles.map(({ name, place }) => (place.kind === 'path' ? [name, place.path, blobs.get(place.path) ?? null] : [name, place.url, place.digest]));
  return [level, named, keys.map(({ path, blob }) => [path, blob]), lost?.why ?? null];
}

import type { JsonValue } from '../json-value.ts';
import type { Snapshot } from '../snapshot.ts';
import { ownPolicies } from './own-policies.ts';

/** The Rego that judges beside the built-in rules, by path and content: the repository's own at B, and the organisation's. */
export function policiesInForce({ files, configuration: { effective, organizationPolicies } }: Pick<Snapshot, 'files' | 'configuration'>): JsonValue {
  const own = ownPolicies(files, effective?.policyPaths ?? []).map(({ path, base }) => [path, base.blob]);
  const theirs = organizationPolicies?.kind === 'files' ? organizationPolicies.files.map(({ path, blob }) => [path, blob]) : (organizationPolicies?.why ?? null);
  return [own, theirs];
}

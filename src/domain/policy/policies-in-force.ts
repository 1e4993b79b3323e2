import { organizationFilesOf } from '../configuration/organization-files.ts';
import type { JsonValue } from '../json-value.ts';
import type { OrganizationFiles, Snapshot } from '../snapshot.ts';
import { ownPolicies } from './own-policies.ts';

/** The Rego that judges beside the built-in rules, by path and content: the repository's own at B, and the organisation's. */
export function policiesInForce({ files, configuration: { effective, organizationFiles } }: Pick<Snapshot, 'files' | 'configuration'>): JsonValue {
  const own = ownPolicies(files, effective?.policyPaths ?? []).map(({ path, base }) => [path, base.blob]);
  return [own, theirs(organizationFilesOf(organizationFiles, 'policy'))];
}

function theirs(policies: OrganizationFiles): JsonValue {
  if (policies.kind === 'unreadable') return policies.why;
  return policies.files.length === 0 ? null : policies.files.map(({ path, blob }) => [path, blob]);
}

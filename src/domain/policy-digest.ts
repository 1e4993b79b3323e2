import { digestOfValue } from './digest.ts';
import type { Digest } from './digest.ts';
import type { JsonValue } from './json-value.ts';
import { policiesInForce } from './policy/policies-in-force.ts';
import type { ConfigurationSource, Snapshot } from './snapshot.ts';

/** Commits to everything that decides beside the change: the organisation's and the base's configuration and Rego in force. */
export function policyDigestOf(snapshot: Pick<Snapshot, 'files' | 'configuration'>): Digest {
  const { organization, repository, effective } = snapshot.configuration;
  return digestOfValue({ organization: sourceOf(organization), repository: sourceOf(repository), policies: policiesInForce(snapshot), effective: effective?.document ?? null });
}

function sourceOf(source: ConfigurationSource | null): JsonValue {
  return source === null ? null : { repository: source.repository, path: source.path, digest: source.digest };
}

import { digestOfValue } from './digest.ts';
import type { Digest } from './digest.ts';
import type { JsonValue } from './json-value.ts';
import type { ConfigurationSource, ConfigurationState } from './snapshot.ts';

/** Commits to everything that decides beside the change: the organisation's and the base's configuration in force. */
export function policyDigestOf(state: ConfigurationState): Digest {
  return digestOfValue({ organization: sourceOf(state.organization), repository: sourceOf(state.repository), policies: policiesOf(state), effective: state.effective?.document ?? null });
}

function policiesOf({ organizationPolicies: policies }: ConfigurationState): JsonValue {
  return policies?.kind === 'files' ? policies.files.map(({ path, blob }) => [path, blob]) : (policies?.why ?? null);
}

function sourceOf(source: ConfigurationSource | null): JsonValue {
  return source === null ? null : { repository: source.repository, path: source.path, digest: source.digest };
}

import type { Configuration } from '../domain/configuration/configuration.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from '../domain/configuration/configuration-paths.ts';
import { rolesOf } from '../domain/configuration/governed-roles.ts';
import type { Decision } from '../domain/decision.ts';
import { foldedPath } from '../domain/snapshot-files.ts';

/**
 * Whether a decision would have to be made again where these paths of its base changed, of which behaviours name some. Own files decide for everyone; governed
 * ones for who changes governed ones; any path may become the twin of a judged one.
 */
export function hasChangedInputs(decision: Decision, touched: ReadonlySet<string>, configuration: Configuration | null, named: ReadonlySet<string> = new Set()): boolean {
  if ([...touched].some((path) => named.has(path) || isOwnPath(configuration, path))) return true;
  const isGoverned = configuration !== null && [...touched].some((path) => rolesOf(configuration, path).length > 0);
  if (isGoverned && decision.verdicts.some((verdict) => verdict.applies && verdict.gate !== 'change')) return true;
  // A configuration may come to name any path, and whoever releases it releases what stands there.
  if (decision.verdicts.some((verdict) => verdict.covered.some((path) => path === repositoryConfigurationPath || path === organizationConfigurationPath))) return true;
  // Whatever the change touches is compared with the base by somebody: what a manifest or a workflow had there, for one.
  const folded = new Set([...decision.verdicts.flatMap((verdict) => verdict.covered), ...decision.uncovered].map(foldedPath));
  return [...touched].some((path) => folded.has(foldedPath(path)));
}

/** Where nothing is configured, the first configuration is what decides. */
export function isOwnPath(configuration: Configuration | null, path: string): boolean {
  return configuration === null ? path === repositoryConfigurationPath : rolesOf(configuration, path).includes('own');
}

/** Where nothing is configured, the first configuration is governed. */
export function isGovernedPath(configuration: Configuration | null, path: string): boolean {
  return configuration === null ? path === repositoryConfigurationPath : rolesOf(configuration, path).length > 0;
}

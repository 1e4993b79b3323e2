import { organizationConfigurationPath, repositoryConfigurationPath } from '../../../domain/configuration/configuration-paths.ts';
import { policyPathsOf } from '../../../domain/configuration/configuration-of.ts';
import { organizationDocument } from '../../../domain/configuration/organization-document.ts';
import { organizationFilesOf } from '../../../domain/configuration/organization-files.ts';
import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import type { ProbeRequest } from '../../../domain/evidence.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import { ownPolicies } from '../../../domain/policy/own-policies.ts';
import { changedFiles, resultSide } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { organizationRequest, sideRequest } from '../read-side.ts';
import { changedConfiguration, globsAfter } from './globs-after.ts';
import { policyTree } from './policy-tree.ts';
import type { PolicyPath, PolicyTree } from './policy-tree.ts';

/** The Rego of one level beside the built-in rules. */
export interface PolicyLevel {
  /** As a reader meets it. */
  readonly whose: string;
  /** At B; null: there is none. */
  readonly base: PolicyTree | null;
  /** In R; null where the change touches nothing of it, or leaves nothing. */
  readonly result: PolicyTree | null;
  /** Changed paths that belong to it by the globs of R. */
  readonly touched: readonly string[];
  /** Whether what the change makes of it would judge once it is merged. */
  readonly isHere: boolean;
}

/** The organisation's, then the repository's own. */
export function policyLevels(change: ChangeToDerive): readonly PolicyLevel[] {
  return levelPaths(change).map(({ base, result, ...level }) => ({ ...level, base: lostTree(change.snapshot, level.whose) ?? policyTree(base, change.evidence), result: policyTree(result, change.evidence) }));
}

/** Everything that has to be read of them, and of the configurations that say where they stand after the change. */
export function policyBlobs(change: ChangeToDerive): readonly ProbeRequest[] {
  const configurations = [organizationConfigurationPath, repositoryConfigurationPath].flatMap((path) => sideRequest(changedConfiguration(change.snapshot, path)?.head ?? null) ?? []);
  return [...configurations, ...levelPaths(change).flatMap(({ base, result }) => [...base, ...result].flatMap(({ request }) => request ?? []))];
}

interface LevelPaths extends Omit<PolicyLevel, 'base' | 'result'> {
  readonly base: readonly PolicyPath[];
  readonly result: readonly PolicyPath[];
}

const theirs = "the organisation's policies";

function levelPaths(change: ChangeToDerive): readonly LevelPaths[] {
  const { snapshot, configuration } = change;
  const own = ownPolicies(snapshot.files, configuration.policyPaths).map(({ path, base }) => ({ path, request: sideRequest(base) }));
  const after = globsAfter(change, repositoryConfigurationPath, configuration.policyPaths);
  return [organizationPaths(change), { whose: "the repository's policies", base: own, isHere: true, ...resultPaths(snapshot, configuration.policyPaths, after) }];
}

/** At the root, and there in the default branch, a change touches the organisation's own. */
function organizationPaths(change: ChangeToDerive): LevelPaths {
  const { configuration: { organization, organizationFiles, organizationText }, entry, base } = change.snapshot;
  const policies = organizationFilesOf(organizationFiles, 'policy');
  const paths = policies.kind === 'files' ? policies.files.map((file) => ({ path: file.path, request: organizationRequest(file) })) : [];
  const isAbove = organizationText === null || !change.configuration.isRoot || entry?.isDefault !== true;
  if (isAbove) return { whose: theirs, base: paths, result: [], touched: [], isHere: false };
  const reading = readConfiguration(new TextEncoder().encode(organizationText), organizationConfigurationPath);
  const before = reading.kind === 'valid' ? policyPathsOf(reading.document) : [];
  return { whose: theirs, base: paths, isHere: organization?.commit === base, ...resultPaths(change.snapshot, before, globsAfter(change, organizationConfigurationPath, before)) };
}

function resultPaths(snapshot: Snapshot, before: readonly string[], after: readonly string[]): Pick<LevelPaths, 'result' | 'touched'> {
  const compiled = after.map((glob) => compileGlob(glob));
  const isOne = (path: string): boolean => compiled.some((glob) => glob.matches(path));
  const touched = changedFiles(snapshot).map(({ path }) => path).filter((path) => isOne(path));
  if (touched.length === 0 && before.join('\n') === after.join('\n')) return { result: [], touched };
  const left = snapshot.files.filter((file) => isOne(file.path) && resultSide(file) !== null);
  return { result: left.map((file) => ({ path: file.path, request: sideRequest(resultSide(file)) })), touched };
}

/** Named by the organisation, and not to be listed: what they would say is not known. */
function lostTree({ configuration }: Snapshot, whose: string): PolicyTree | null {
  const { organizationFiles } = configuration;
  const isNamed = policyPathsOf(organizationDocument(configuration) ?? {}).length > 0;
  return whose === theirs && isNamed && organizationFiles?.kind === 'unreadable' ? { kind: 'unreadable', why: organizationFiles.why, isLasting: false } : null;
}

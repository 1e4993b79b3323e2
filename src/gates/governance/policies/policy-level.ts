import { organizationConfigurationPath, repositoryConfigurationPath } from '../../../domain/configuration/configuration-paths.ts';
import { policyPathsOf } from '../../../domain/configuration/configuration-of.ts';
import { organizationDocument } from '../../../domain/configuration/organization-document.ts';
import { organizationFilesOf } from '../../../domain/configuration/organization-files.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import { compileGlob } from '../../../domain/glob/glob.ts';
import { ownPolicies } from '../../../domain/policy/own-policies.ts';
import { changedFiles, resultSide } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { organizationRequest, sideRequest } from '../../../domain/document/read-side.ts';
import { bundleLevels } from './bundle-levels.ts';
import type { BundleLevel } from './bundle-levels.ts';
import { bundleRequests, bundleTree } from './bundle-source.ts';
import { changedConfiguration, documentAfter } from './document-after.ts';
import { policyTree } from './policy-tree.ts';
import type { PolicyPath, PolicyTree } from './policy-tree.ts';

/** What judges beside the built-in rules: the Rego of one level, or one ready bundle. */
export interface PolicyLevel {
  readonly kind: 'rego' | 'bundle';
  /** As a reader meets it. */
  readonly whose: string;
  /** The repository in which it is mended; null: the one of the change, or the organisation's. */
  readonly mender: string | null;
  /** At B; null: there is none. */
  readonly base: PolicyTree | null;
  /** In R; null where the change touches nothing of it, or leaves nothing. */
  readonly result: PolicyTree | null;
  /** Changed paths that belong to it by what R names. */
  readonly touched: readonly string[];
  /** The configuration that names it. */
  readonly namedBy: string;
  /** Whether what the change makes of it would judge once it is merged. */
  readonly isHere: boolean;
}

/** The organisation's Rego, then the repository's own, then the ready bundles. */
export function policyLevels(change: ChangeToDerive): readonly PolicyLevel[] {
  const { evidence, snapshot } = change;
  const rego = levelPaths(change).map(({ base, result, ...level }): PolicyLevel => ({ kind: 'rego', mender: null, ...level, base: lostTree(snapshot, level.whose) ?? policyTree(base, evidence), result: policyTree(result, evidence) }));
  return [...rego, ...bundleLevels(change).map((level) => bundleLevel(level, change))];
}

function bundleLevel({ lost, base, result, ...level }: BundleLevel, { evidence }: ChangeToDerive): PolicyLevel {
  const inForce = base === null || lost === null ? null : ({ kind: 'unreadable', why: lost.why, isLasting: lost.isLasting } as const);
  return { kind: 'bundle', ...level, base: inForce ?? (base === null ? null : bundleTree(base, evidence)), result: result === null ? null : bundleTree(result, evidence) };
}

/** Everything that has to be read of them, and of the configurations that say where they stand after the change. */
export function policyBlobs(change: ChangeToDerive): readonly ProbeRequest[] {
  const configurations = [organizationConfigurationPath, repositoryConfigurationPath].flatMap((path) => sideRequest(changedConfiguration(change.snapshot, path)?.head ?? null) ?? []);
  const bundles = bundleLevels(change).flatMap(({ base, result }) => [base, result].flatMap((source) => (source === null ? [] : bundleRequests(source))));
  return [...configurations, ...levelPaths(change).flatMap(({ base, result }) => [...base, ...result].flatMap(({ request }) => request ?? [])), ...bundles];
}

interface LevelPaths extends Omit<PolicyLevel, 'kind' | 'mender' | 'base' | 'result'> {
  readonly base: readonly PolicyPath[];
  readonly result: readonly PolicyPath[];
}

const theirs = "the organisation's policies";

function levelPaths(change: ChangeToDerive): readonly LevelPaths[] {
  const { snapshot, configuration } = change;
  const own = ownPolicies(snapshot.files, configuration.policyPaths).map(({ path, base }) => ({ path, request: sideRequest(base) }));
  return [organizationPaths(change), { whose: "the repository's policies", namedBy: repositoryConfigurationPath, base: own, isHere: true, ...resultPaths(snapshot, configuration.policyPaths, globsAfter(change, repositoryConfigurationPath, configuration.policyPaths)) }];
}

/** At the root, and there in the default branch, a change touches the organisation's own. */
function organizationPaths(change: ChangeToDerive): LevelPaths {
  const { configuration: { organization, organizationFiles }, entry, base } = change.snapshot;
  const document = organizationDocument(change.snapshot.configuration);
  const policies = organizationFilesOf(organizationFiles, 'policy');
  const paths = policies.kind === 'files' ? policies.files.map((file) => ({ path: file.path, request: organizationRequest(file) })) : [];
  const isAbove = !change.configuration.isRoot || entry?.isDefault !== true;
  const common = { whose: theirs, namedBy: organizationConfigurationPath, base: paths };
  if (isAbove) return { ...common, result: [], touched: [], isHere: false };
  const before = policyPathsOf(document ?? {});
  return { ...common, isHere: organization?.commit === base, ...resultPaths(change.snapshot, before, globsAfter(change, organizationConfigurationPath, before)) };
}

function globsAfter(change: ChangeToDerive, path: string, before: readonly string[]): readonly string[] {
  return policyPathsOf(documentAfter(change, path, { governance: { policies: before } }));
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
  return whose === theirs && isNamed && organizationFiles?.kind === 'unreadable' ? organizationFiles : null;
}

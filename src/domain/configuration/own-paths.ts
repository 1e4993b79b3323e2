import { globOfPath } from '../glob/glob.ts';
import type { JsonObject } from '../json-value.ts';
import { bundlesOf } from './bundles-of.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from './configuration-paths.ts';
import { member } from './member.ts';

/** What a file of Plumbline's own is read as. `organization-waivers`: in the repository of the organisation, for all of its repositories. */
export type OwnKind = 'configuration' | 'schema' | 'keys' | 'policy' | 'bundle' | 'waivers' | 'organization-waivers' | 'behavior' | 'playbook';

export interface OwnGlob {
  readonly kind: OwnKind;
  readonly glob: string;
}

/** Every path that a configuration reads to decide something, as globs with what stands there. */
export function ownGlobsOf(document: JsonObject): readonly OwnGlob[] {
  const schemas = member.objects(document, 'contracts').flatMap((set) => schemaPathOf(member.text(set, 'schema')));
  return [
    { kind: 'configuration', glob: globOfPath(repositoryConfigurationPath) },
    ...ofKind('schema', [...new Set(schemas)]),
    ...ofKind('keys', member.texts(document, 'keys')),
    ...ofKind('policy', member.texts(member.object(document, 'governance'), 'policies')),
    ...ofKind('bundle', bundlesOf(document).flatMap(({ place }) => (place.kind === 'path' ? [globOfPath(place.path)] : []))),
    ...ofKind('waivers', member.texts(document, 'waivers')),
    ...ofKind('behavior', behaviorGlobsOf(document)),
    ...ofKind('playbook', member.texts(document, 'playbooks')),
  ];
}

export function behaviorGlobsOf(document: JsonObject): readonly string[] {
  return member.texts(member.object(document, 'drift'), 'behaviors');
}

export interface OwnLevels {
  /** What is in force of both. */
  readonly merged: JsonObject;
  /** Null: nothing stands above the repository. */
  readonly organization: JsonObject | null;
  readonly repository: JsonObject | null;
  /** Whether the repository is the organisation's `.github`. */
  readonly isRoot: boolean;
}

/** Every path of one repository that the configuration in force reads to decide something. What the organisation waives, and its bundles, stand in its own repository alone. */
export function ownGlobsIn({ merged, organization, repository, isRoot }: OwnLevels): readonly OwnGlob[] {
  // The first configuration of the organisation is one of the root's own files too, and so is one that is to be mended.
  const root = isRoot ? ofKind('configuration', [globOfPath(organizationConfigurationPath)]) : [];
  if (organization === null) return [...root, ...ownGlobsOf(merged)];
  const [theirs, ours] = [ofKind('organization-waivers', member.texts(organization, 'waivers')), ofKind('waivers', member.texts(repository ?? {}, 'waivers'))];
  const shared = ownGlobsOf(merged).filter(({ kind }) => kind !== 'waivers' && (isRoot || kind !== 'bundle'));
  if (!isRoot) return [...shared, ...ours];
  // The repository may leave keys out for its contracts: the organisation's bundles are signed by any of them all the same.
  return [...root, ...shared, ...ofKind('keys', member.texts(organization, 'keys')), ...theirs, ...ours];
}

function schemaPathOf(reference: string | null): readonly string[] {
  return reference === null || /^(builtin|org):/.test(reference) ? [] : [globOfPath(reference)];
}

function ofKind(kind: OwnKind, globs: readonly string[]): readonly OwnGlob[] {
  return globs.map((glob) => ({ kind, glob }));
}

import { globOfPath } from '../glob/glob.ts';
import type { JsonObject } from '../json-value.ts';
import { organizationConfigurationPath, repositoryConfigurationPath } from './configuration-paths.ts';
import { member } from './member.ts';

/** What a file of Plumbline's own is read as. */
export type OwnKind = 'configuration' | 'schema' | 'keys' | 'policy' | 'waivers' | 'behavior' | 'playbook';

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
    ...ofKind('waivers', member.texts(document, 'waivers')),
    ...ofKind('behavior', behaviorGlobsOf(document)),
    ...ofKind('playbook', member.texts(document, 'playbooks')),
  ];
}

export function behaviorGlobsOf(document: JsonObject): readonly string[] {
  return member.texts(member.object(document, 'drift'), 'behaviors');
}

export function ownPathsOf(document: JsonObject, isRoot: boolean): readonly string[] {
  const globs = ownGlobsOf(document).map((one) => one.glob);
  return isRoot ? [organizationConfigurationPath, ...globs] : globs;
}

function schemaPathOf(reference: string | null): readonly string[] {
  return reference === null || /^(builtin|org):/.test(reference) ? [] : [globOfPath(reference)];
}

function ofKind(kind: OwnKind, globs: readonly string[]): readonly OwnGlob[] {
  return globs.map((glob) => ({ kind, glob }));
}

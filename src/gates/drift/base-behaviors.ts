import type { BehaviorAt } from '../../domain/behavior/behavior-at.ts';
import { behaviorsIn } from '../../domain/behavior/behaviors-in.ts';
import type { ConfiguredStrictness } from '../../domain/behavior/is-strict.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { member } from '../../domain/configuration/member.ts';
import { organizationDocument } from '../../domain/configuration/organization-document.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { ConfigurationState, OlderBehavior, Snapshot, SnapshotFile } from '../../domain/snapshot.ts';

/** A behaviour file of the base, and the file as it stands on each side. */
export interface BaseBehavior {
  readonly file: SnapshotFile;
  readonly at: BehaviorAt;
  /** What stands for the one of the base, which is not valid; null: the base's own does. */
  readonly older: OlderBehavior | null;
}

/** Files in which the base has behaviours. */
export function behaviorFiles(snapshot: Snapshot, configuration: Configuration): readonly SnapshotFile[] {
  return snapshot.files.filter(({ path, base, roles }) => roles.includes('own') && base !== null && ownKindsOf(configuration, path).includes('behavior'));
}

export function baseBehaviors(files: readonly SnapshotFile[], older: readonly OlderBehavior[], evidence: Evidence): readonly BaseBehavior[] {
  const standIns = new Map(older.map((one) => [one.path, one]));
  const sides = files.flatMap(({ path, base }) => (base === null ? [] : [{ path, side: standIns.get(path)?.side ?? base }]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return behaviorsIn(sides, evidence).flatMap((at) => {
    const file = byPath.get(at.path);
    return file === undefined ? [] : [{ file, at, older: standIns.get(at.path) ?? null }];
  });
}

export function configuredStrictness(state: ConfigurationState, configuration: Configuration): ConfiguredStrictness {
  const organization = organizationDocument(state);
  return { organization: organization === null ? null : strictOf(organization), inForce: strictOf(configuration.document) ?? true };
}

function strictOf(document: JsonObject): boolean | null {
  const strict = member.object(document, 'drift')['strict'];
  return typeof strict === 'boolean' ? strict : null;
}

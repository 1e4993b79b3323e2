import { behaviorAt } from '../../domain/behavior/behavior-at.ts';
import type { BehaviorAt } from '../../domain/behavior/behavior-at.ts';
import type { ConfiguredStrictness } from '../../domain/behavior/is-strict.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { member } from '../../domain/configuration/member.ts';
import { organizationDocument } from '../../domain/configuration/organization-document.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { quoted } from '../../domain/finding.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { ConfigurationState, Snapshot, SnapshotFile } from '../../domain/snapshot.ts';

/** A behaviour file of the base, and the file as it stands on each side. */
export interface BaseBehavior {
  readonly file: SnapshotFile;
  readonly at: BehaviorAt;
}

/** Files in which the base has behaviours. */
export function behaviorFiles(snapshot: Snapshot, configuration: Configuration): readonly SnapshotFile[] {
  return snapshot.files.filter(({ path, base, roles }) => roles.includes('own') && base !== null && ownKindsOf(configuration, path).includes('behavior'));
}

/** The behaviours of the base. Of two with one name none is known: which of them is meant would be a guess. */
export function baseBehaviors(files: readonly SnapshotFile[], evidence: Evidence): readonly BaseBehavior[] {
  const read = files.flatMap((file) => (file.base === null ? [] : [{ file, at: behaviorAt(file.path, file.base, evidence) }]));
  return read.map(({ file, at }) => {
    const twin = at.kind === 'behavior' ? read.find((other) => other.at.path !== at.path && other.at.kind === 'behavior' && other.at.behavior.name === at.behavior.name) : undefined;
    return { file, at: twin === undefined || at.kind !== 'behavior' ? at : { kind: 'invalid', path: at.path, why: `${quoted(twin.at.path)} has the name ${quoted(at.behavior.name)} too` } };
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

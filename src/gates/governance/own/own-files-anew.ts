import type { Configuration } from '../../../domain/configuration/configuration.ts';
import { configurationOfHead, configurationPathsOf } from '../../../domain/configuration/configuration-of-head.ts';
import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import type { OwnKind } from '../../../domain/configuration/own-paths.ts';
import { readConfiguration } from '../../../domain/configuration/read-configuration.ts';
import { readSide, sideRequest } from '../../../domain/document/read-side.ts';
import type { ProbeRequest } from '../../../domain/probe-request.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import { limits } from '../../../domain/limits.ts';
import { isOwn, resultSide } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';

/** A file that only the head's configuration reads as something. It is new as that, whoever laid it there and when: it has no base. */
export interface OwnFileAnew {
  readonly kind: OwnKind;
  readonly file: SnapshotFile;
}

/** `many`: more than are looked at one by one. */
export type OwnFilesAnew = { readonly kind: 'each'; readonly files: readonly OwnFileAnew[] } | { readonly kind: 'many'; readonly files: readonly OwnFileAnew[] };

/** The configurations that the head would have, which `ownFilesAnew` reads. */
export function headConfigurationRequests(change: ChangeToDerive): readonly ProbeRequest[] {
  return configurationFiles(change).flatMap((file) => sideRequest(resultSide(file)) ?? []);
}

/** What the configuration of the head would read and that of the base does not, changed or not: nobody released what stands there as that. */
export function ownFilesAnew(change: ChangeToDerive): OwnFilesAnew {
  const { snapshot, configuration } = change;
  const head = headConfiguration(change);
  if (head === null) return { kind: 'each', files: [] };
  const files = snapshot.files.flatMap((file) => {
    const side = resultSide(file);
    if (side === null || !(file.changed || isOwn(file))) return [];
    const known = ownKindsOf(configuration, file.path);
    const anew = ownKindsOf(head, file.path).filter((kind) => !known.includes(kind));
    return anew.map((kind) => ({ kind, file: { ...file, mergeBase: null, base: null, head: side, changed: true } }));
  });
  return { kind: files.length > limits.ownFilesAnew ? 'many' : 'each', files };
}

/** Each one; of too many none. */
export function eachOwnFileAnew(change: ChangeToDerive): readonly OwnFileAnew[] {
  const { kind, files } = ownFilesAnew(change);
  return kind === 'each' ? files : [];
}

function headConfiguration(change: ChangeToDerive): Configuration | null {
  const files = configurationFiles(change);
  if (files.length === 0) return null;
  const { snapshot, evidence } = change;
  const documentAt = (path: string): JsonObject | null => {
    const file = files.find((one) => one.path === path);
    const text = file === undefined ? null : readSide(resultSide(file), evidence);
    const reading = text?.kind === 'text' ? readConfiguration(text.bytes, path) : null;
    return reading?.kind === 'valid' ? reading.document : null;
  };
  return configurationOfHead({ state: snapshot.configuration, baseBranch: snapshot.change.baseBranch, documentAt });
}

/** None where the change leaves all of them as they are. */
function configurationFiles({ snapshot }: ChangeToDerive): readonly SnapshotFile[] {
  const paths = configurationPathsOf(snapshot.configuration);
  const files = snapshot.files.filter(({ path }) => paths.includes(path));
  return files.some(({ changed }) => changed) ? files : [];
}

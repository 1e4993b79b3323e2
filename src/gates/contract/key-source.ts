import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { ProbeRequest } from '../../domain/probe-request.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readKeySet } from '../../domain/signature/read-key-set.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';
import type { FileSide } from '../../domain/tree.ts';
import { sideRequest } from './side-reading.ts';

/** The keys that may verify a contract of this change: those of the base's key files and the operator's. The head's decide nothing. */
export interface KnownKeys {
  readonly keys: readonly PublicKey[];
  /** Key files of the base of which no key counts, because something in them is wrong. */
  readonly unusable: readonly Trouble[];
  /** What could not be read: a key that is not among `keys` may be there. */
  readonly unavailable: readonly Trouble[];
}

export interface Trouble {
  /** A path, or what else it is. */
  readonly what: string;
  readonly why: string;
}

/** Where key files are looked for. */
interface KeyPlace {
  readonly files: readonly Pick<SnapshotFile, 'path' | 'base'>[];
}

export const operatorRequest = { kind: 'operator-keys' } as const;

/** The questions that `knownKeys` needs answered. */
export function keyRequests(place: KeyPlace, configuration: Configuration): readonly ProbeRequest[] {
  const files = keyFiles(place, configuration).flatMap(({ side }) => sideRequest(side) ?? []);
  return [operatorRequest, ...files];
}

export function knownKeys(place: KeyPlace, configuration: Configuration, evidence: Evidence): KnownKeys {
  const readings = keyFiles(place, configuration).map(({ path, side }) => readKeyFile(path, side, evidence));
  const operator = evidence.find(operatorRequest);
  return {
    keys: [...readings.flatMap((one) => (one.kind === 'keys' ? one.keys : [])), ...(operator?.kind === 'answered' ? operator.value : [])],
    unusable: readings.flatMap((one) => (one.kind === 'unusable' ? [one] : [])),
    unavailable: [...readings.flatMap((one) => (one.kind === 'unavailable' ? [one] : [])), ...(operator?.kind === 'answered' ? [] : [{ what: "the operator's keys", why: operator?.why ?? 'they were not asked' }])],
  };
}

function keyFiles(place: KeyPlace, configuration: Configuration): readonly { readonly path: string; readonly side: FileSide }[] {
  if (configuration.keys.length === 0) return [];
  const globs = configuration.keys.map((glob) => compileGlob(glob));
  return place.files.flatMap(({ path, base }) => (base !== null && globs.some((glob) => glob.matches(path)) ? [{ path, side: base }] : []));
}

type KeyFileReading = { readonly kind: 'keys'; readonly keys: readonly PublicKey[] } | ({ readonly kind: 'unusable' | 'unavailable' } & Trouble);

function readKeyFile(path: string, side: FileSide, evidence: Evidence): KeyFileReading {
  const request = sideRequest(side);
  if (request === null) return { kind: 'unusable', what: path, why: 'it is no plain file within the size limit' };
  const answer = evidence.find(request);
  if (answer === undefined) return { kind: 'unavailable', what: path, why: 'it was not read' };
  if (answer.kind === 'unavailable') return { kind: 'unavailable', what: path, why: answer.why };
  if (answer.value.kind === 'too-large') return { kind: 'unusable', what: path, why: `it has ${answer.value.size} bytes` };
  const reading = readKeySet(answer.value.bytes, path);
  return reading.kind === 'keys' ? reading : { kind: 'unusable', what: path, why: reading.why };
}

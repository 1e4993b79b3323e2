import { digestOfBytes } from '../../domain/digest.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';
import { contractWorld } from './contract-world.ts';
import type { ContractWorld } from './contract-world.ts';

/** The world as it would be with these contents at their paths of the head. Only the contents differ: the same questions have the same answers. */
export function mendedWorld({ snapshot, entry, configuration, evidence }: ContractWorld, contents: ReadonlyMap<string, Uint8Array>): ContractWorld {
  const files = snapshot.files.map((file) => withContent(file, contents.get(file.path)));
  const answers = [...contents.values()].map((bytes) => [{ kind: 'blob', blob: nameOf(bytes), size: bytes.byteLength }, { kind: 'answered', value: { kind: 'bytes', bytes } }] as const);
  return contractWorld({ snapshot: { ...snapshot, files }, entry, configuration }, evidence.with('blob', answers));
}

function withContent(file: SnapshotFile, bytes: Uint8Array | undefined): SnapshotFile {
  if (bytes === undefined || file.head === null) return file;
  return { ...file, head: { ...file.head, blob: nameOf(bytes), size: bytes.byteLength } };
}

/** Not git's name: it only has to be none of a blob that exists. */
function nameOf(bytes: Uint8Array): string {
  return `mended:${digestOfBytes(bytes)}`;
}

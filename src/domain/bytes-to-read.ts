import type { Configuration } from './configuration/configuration.ts';
import { rolesOf } from './configuration/governed-roles.ts';
import { ownKindsOf } from './configuration/own-kinds.ts';
import { limits } from './limits.ts';
import { isSameSide, sidesOf } from './snapshot-files.ts';
import type { Trees } from './snapshot-files.ts';
import { isPlainFile } from './tree.ts';
import type { FileSide } from './tree.ts';

/**
 * Bytes that a change brings to be read: governed files that it changes, as the head has them, and what only the head's configuration
 * would read, whoever laid it there.
 * @param atHead The configuration that the head would have; null: the change leaves it as it is.
 */
export function bytesToRead(trees: Trees, configuration: Configuration | null, atHead: Configuration | null): number {
  if (configuration === null && atHead === null) return 0;
  const before = sidesOf(trees.mergeBase);
  const [base, head] = [sidesOf(trees.base), sidesOf(trees.head)];
  const isAnew = (path: string): boolean => atHead !== null && ownKindsOf(atHead, path).length > (configuration === null ? 0 : ownKindsOf(configuration, path).length);
  const isGoverned = (path: string): boolean => configuration !== null && rolesOf(configuration, path).length > 0;
  const brought = new Map<string, number>();
  for (const [path, side] of [...base, ...head]) {
    const isChanged = head.get(path) === side && !isSameSide(before.get(path), side);
    if (isAnew(path) || (isChanged && isGoverned(path))) brought.set(side.blob, readBytes(side));
  }
  return [...brought.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** What is over the limit of one file is not read; what nobody told the size of may be as large as that. */
function readBytes(side: FileSide): number {
  if (!isPlainFile(side)) return 0;
  const size = side.size ?? limits.fileBytes;
  return size > limits.fileBytes ? 0 : size;
}

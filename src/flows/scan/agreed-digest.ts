import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import type { Behavior } from '../../domain/behavior/behavior.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { Tree } from '../../domain/tree.ts';

/** Commits to what is agreed of a behaviour: where it is measured, what its metrics compare, and the files that these name. Not to who owns it, nor to comments. */
export function agreedDigest({ source, metrics, ...behavior }: Behavior, { entries }: Pick<Tree, 'entries'>): Digest {
  const paths = new Set(namedFilesOf({ ...behavior, source, metrics }).flatMap(({ path, as }) => (as === 'fixture' ? [] : [path])));
  const files = entries.filter(({ path }) => paths.has(path)).map(({ path, blob }) => [path, blob]);
  return digestOfValue([plain(source), metrics.map(plain), files]);
}

/** Maps as their entries, in their order. */
function plain(value: unknown): JsonValue {
  const written: JsonValue = JSON.parse(JSON.stringify(value, (_name, part: unknown) => (part instanceof Map ? [...part] : part)));
  return written;
}

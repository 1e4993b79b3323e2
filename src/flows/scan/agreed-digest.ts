import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import type { Behavior } from '../../domain/behavior/behavior.ts';
import { digestOfValue } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { MeasuredDrift } from '../../domain/playbook/measured-drift.ts';
import type { Tree } from '../../domain/tree.ts';

/**
 * Commits to what is agreed of a behaviour: where it is measured, what its metrics compare, and the files that these name. Not to who owns it, nor to comments.
 * Where it drifts, also to what is not as agreed, each thing with what it should be: a template or a release may stand elsewhere, and what somebody
 * refused about one file is no word about another.
 */
export function agreedDigest({ source, metrics, ...behavior }: Behavior, { entries }: Pick<Tree, 'entries'>, drift: MeasuredDrift | null): Digest {
  const paths = new Set(namedFilesOf({ ...behavior, source, metrics }).flatMap(({ path, as }) => (as === 'fixture' ? [] : [path])));
  const files = entries.filter(({ path }) => paths.has(path)).map(({ path, blob }) => [path, blob]);
  return digestOfValue([plain(source), metrics.map(plain), files, drift === null ? [] : driftedThings(drift)]);
}

/** In an order of their own. Which metrics are off differs from measurement to measurement, and what they compare is in the behaviour. */
function driftedThings({ observed, differences }: MeasuredDrift): readonly string[] {
  if (observed === 'metric/shifted') return [];
  return [...new Set(differences.map(({ path, template, name, expected }) => digestOfValue([path, template, name, expected])))].toSorted();
}

/** Maps as their entries, in their order. */
function plain(value: unknown): JsonValue {
  const written: JsonValue = JSON.parse(JSON.stringify(value, (_name, part: unknown) => (part instanceof Map ? [...part] : part)));
  return written;
}

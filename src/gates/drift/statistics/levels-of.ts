import type { Levels } from '../../../domain/behavior/measured.ts';

/**
 * What a confidence allows for each of several tests. A wrong pass of all together needs a wrong pass of one that drifted, so
 * passing needs no correction; a false drift of any is a false drift, so that drifting does (Holm, where `tests` is what is left).
 * @param confidence Between 0.5 and 1, ends excluded; what is no such number allows nothing.
 */
export function levelsOf(confidence: number, tests = 1): Levels {
  const level = confidence > 0.5 && confidence < 1 ? 1 - confidence : 0;
  return { pass: level, drift: level / Math.max(tests, 1) };
}

import type { Sha } from '../tree.ts';
import type { MeasuredDrift } from './measured-drift.ts';
import { refusing } from './unplannable.ts';

/** The commit that a step names, or else the drift found. @throws Unplannable where neither does. */
export function namedCommit({ differences }: MeasuredDrift, stated: Sha | null): Sha {
  const found = differences.map((one) => one.found).find((value) => isSha(value));
  const commit = stated ?? (typeof found === 'string' ? found : null);
  if (commit === null) throw refusing({ kind: 'commit', path: null, found: 'no commit', expected: 'the name of one, 40 hex digits', next: 'State `commit` in the step, or name it with what was found.' });
  return commit;
}

function isSha(value: unknown): value is Sha {
  return typeof value === 'string' && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value);
}

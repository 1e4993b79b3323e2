import type { Action } from '../../../domain/action/action.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import { isGone } from './is-gone.ts';
import { looseningAction, ownAction } from './own-action.ts';

/**
 * A policy that is edited is tier 3 whatever it says: whether code became looser can not be told. One that goes is a rule
 * less, unless it only moves; tests are no rules.
 */
export function policyActions(files: readonly SnapshotFile[]): readonly Action[] {
  return files.map((file) => {
    const { path } = file;
    if (!isGone(file, files) || path.endsWith('_test.rego')) return ownAction({ action: 'policy.change', path, why: `\`${path}\` says what is allowed.`, place: file.head === null ? null : { path, line: 1, column: 1 } });
    return looseningAction({ action: 'policy.change', path, why: `Takes the policy \`${path}\` away, and with it what it asks for.`, place: null, remedy: `Keep ${path}.` });
  });
}

import type { Action } from '../../../domain/action/action.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive, Derived } from '../deriver.ts';
import { readSide } from '../../../domain/document/read-side.ts';
import type { SideText } from '../../../domain/document/read-side.ts';
import { unreadSide } from '../unread-side.ts';
import { isGone } from './is-gone.ts';
import { looseningAction, ownAction } from './own-action.ts';

/**
 * A policy that is edited is tier 3 whatever it says: whether code became looser can not be told. One that goes, becomes a test by
 * its name, or is left without a rule is a rule less, unless it only moves; tests are no rules.
 */
export function policyActions(change: ChangeToDerive, files: readonly SnapshotFile[]): Derived {
  const ofKind = Map.groupBy(files, ({ path }) => kindOf(path));
  const derived = files.map((file) => policyAction(change, file, ofKind.get(kindOf(file.path)) ?? []));
  return { actions: derived.flatMap(({ actions }) => actions), findings: derived.flatMap(({ findings }) => findings) };
}

/** @param others Files that are read as this one is: what it says may have moved to one of them. */
function policyAction({ evidence }: ChangeToDerive, file: SnapshotFile, others: readonly SnapshotFile[]): Derived {
  const { path } = file;
  const changed = ownAction({ action: 'policy.change', path, why: `\`${path}\` says what is allowed.`, place: file.head === null ? null : { path, line: 1, column: 1 } });
  if (kindOf(path) === 'test') return { actions: [changed], findings: [] };
  if (isGone(file, others)) return { actions: [lost(path, `Takes the policy \`${path}\` away, and with it what it asks for.`, null)], findings: [] };
  if (kindOf(path) !== 'rule' || file.base === null || file.head === null) return { actions: [changed], findings: [] };
  const [base, head] = [readSide(file.base, evidence), readSide(file.head, evidence)];
  if (base.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'base', base.why)] };
  if (head.kind === 'unavailable') return { actions: [changed], findings: [unreadSide(path, 'head', head.why)] };
  const isEmptied = hasRules(base) && !hasRules(head);
  return { actions: [isEmptied ? lost(path, `Leaves the policy \`${path}\` without a rule.`, { path, line: 1, column: 1 }) : changed], findings: [] };
}

function kindOf(path: string): 'rule' | 'test' | 'other' {
  if (path.endsWith('_test.rego')) return 'test';
  return path.endsWith('.rego') ? 'rule' : 'other';
}

/** Whether anything stands there beside the name of the package, what it imports and comments. */
function hasRules(side: SideText): boolean {
  return side.kind === 'text' && side.text.split('\n').some((line) => !/^\s*(?:#|(?:package|import)\s|$)/.test(line));
}

function lost(path: string, why: string, place: Action['place']): Action {
  return looseningAction({ action: 'policy.change', path, why, place, remedy: `Keep ${path}.` });
}

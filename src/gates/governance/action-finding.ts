import { placeOfAction } from '../../domain/action/action.ts';
import { keyOfFinding } from '../../domain/approval/finding-item.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { finding, restingOn } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import type { NamedAction } from './derive-actions.ts';

/** A finding about an action, at the place that a reader looks at first; it rests on every path of the action. */
export function actionFinding(action: NamedAction, words: Omit<FindingInput, 'path' | 'line' | 'column' | 'subject'> & { readonly subject?: string }): Finding {
  const { name, paths, paths: [path] } = action;
  const at = placeOfAction(action) ?? (path === undefined ? {} : { path });
  return finding({ ...words, ...at, ...restingOn(paths), subject: [words.subject, name].filter((part) => part !== undefined).join(' ') });
}

/** `keyOfFinding` of a finding about an action, without looking for its line: that costs, and a thousand actions may be released. */
export function keyOfActionFinding(action: NamedAction, code: FindingCode): string {
  const path = pathOf(action);
  return keyOfFinding(finding({ code, ...(path === undefined ? {} : { path }), subject: action.name, message: '', next: '' }));
}

/** The path at which a finding about the action stands. */
function pathOf({ place, subject, paths: [first] }: NamedAction): string | undefined {
  if (typeof place === 'function') return subject.path ?? first;
  return place?.path ?? first;
}

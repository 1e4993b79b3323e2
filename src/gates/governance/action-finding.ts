import { placeOfAction } from '../../domain/action/action.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import type { NamedAction } from './derive-actions.ts';

/** A finding about an action, at the place that a reader looks at first. */
export function actionFinding(action: NamedAction, words: Omit<FindingInput, 'path' | 'line' | 'column' | 'subject'> & { readonly subject?: string }): Finding {
  const { name, paths: [path] } = action;
  const at = placeOfAction(action) ?? (path === undefined ? {} : { path });
  return finding({ ...words, ...at, subject: [words.subject, name].filter((part) => part !== undefined).join(' ') });
}

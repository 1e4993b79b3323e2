import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';
import type { SourceSettings } from '../../../domain/dependency/source-settings.ts';

/** Names that an action lists; it counts the others. */
const listed = 50;

/** One action where a file says otherwise than before where packages come from. Names alone are told: a value may have a password. */
export function sourceActions(path: string, before: SourceSettings, head: SourceSettings, isGone: boolean): readonly Action[] {
  const names = [...new Set([...before.keys(), ...head.keys()])].filter((name) => before.get(name) !== head.get(name)).toSorted();
  const [first] = names;
  if (first === undefined) return [];
  const more = names.length - 1;
  const settings = names.slice(0, listed).map((name) => name.slice(0, 200));
  return [sourceAction(path, `${quoted(path)} changes where packages come from, or how that is checked: ${quoted(first)}${more === 0 ? '' : ` (and ${more} more)`}.`, { settings, count: names.length }, isGone)];
}

/** For a file that can not be read for good. */
export function anySource(path: string, why: string): Action {
  return sourceAction(path, `${quoted(path)} can not be read (${why}), so packages may come from anywhere.`, { unread: why }, false);
}

function sourceAction(path: string, why: string, evidence: Action['evidence'], isGone: boolean): Action {
  return {
    action: 'dependency.add',
    tier: 2,
    subject: { path },
    paths: [path],
    why,
    evidence,
    place: isGone ? null : { path, line: 1, column: 1 },
    finding: null,
    remedy: 'Leave these settings as the base has them.',
  };
}

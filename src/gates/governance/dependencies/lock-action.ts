import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';

/** For a lock file that is out of force, or some of what it named. @param place The file that shows it; null where that is gone. */
export function lockAction(path: string, what: string, place: string | null, more: Action['evidence'] = {}): Action {
  return {
    action: 'dependency.add',
    tier: 2,
    subject: { path },
    paths: [place ?? path],
    why: `${quoted(path)} ${what}, so that versions, their content and where they come from are chosen anew by whoever installs.`,
    evidence: { gone: true, ...more },
    place: place === null ? null : { path: place, line: 1, column: 1 },
    finding: null,
    remedy: 'Keep the lock file, or delete it together with the manifest that it is for.',
  };
}

import type { Action } from '../../../domain/action/action.ts';
import { quoted } from '../../../domain/finding.ts';

/** For a file that can not be read for good: whoever installs may read what we can not. */
export function mayAddAnything(path: string, why: string): Action {
  return {
    action: 'dependency.add',
    tier: 2,
    subject: { path },
    paths: [path],
    why: `${quoted(path)} can not be read (${why}), so it may name any package.`,
    evidence: { unread: why },
    place: { path, line: 1, column: 1 },
    finding: null,
    remedy: 'Write the file as its program writes it, as UTF-8 text within the limits.',
  };
}

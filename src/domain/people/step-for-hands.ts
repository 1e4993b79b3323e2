import { limits } from '../limits.ts';
import type { UnknownHands } from './contributor.ts';

/** What makes it known whose hands are in a change; null where nobody who reads it can. */
export function stepForHands(kind: UnknownHands['kind']): string | null {
  switch (kind) {
    case 'unseen':
      return 'Let its author, or somebody who does not approve it, close the pull request and open it again: whoever opens it has a hand in it.';
    case 'unlisted':
      return `Squash its commits, or split it: of one pull request ${limits.commits.toLocaleString('en-US')} commits are read, with ${limits.commitAuthors} authors each.`;
    case 'unasked':
      return null;
  }
}

import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import type { Effect } from '../domain/effect.ts';

/** By what two wanted states are told apart: a comment's text, or everything about a check run or a commit. */
export function effectDigest(effect: Effect): Digest {
  switch (effect.kind) {
    case 'comment':
      return digestOfBytes(effect.body);
    case 'check':
    case 'reaction':
    case 'pull-request':
    case 'remediation':
    case 'commit':
      return digestOfBytes(JSON.stringify(effect));
  }
}

/** What an effect shows: a newer evaluation's effect of the same name takes the place of an older one. */
export function effectName(effect: Effect): string {
  switch (effect.kind) {
    case 'comment':
      return `comment:${effect.topic}`;
    case 'check':
      return `check:${effect.name}`;
    case 'reaction':
      return `reaction:${effect.comment}:${effect.content}`;
    case 'pull-request':
      return `pull-request:${effect.branch}`;
    case 'remediation':
      return effect.key;
    case 'commit':
      return `commit:${effect.pullRequest}`;
  }
}

import { Failure } from '../../domain/failure.ts';
import type { SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import { flagAt, listAt, numberAt, optionalTextAt, shaAt, textAt, valueAt } from '../answer.ts';
import { stateOf } from '../pull-request-facts.ts';
import type { RemediationMemory } from './remediation-memory.ts';

/** What is asked of each pull request, but for its text, which may be long. */
export const pullRequestFields = `id number url state isCrossRepository headRefName headRefOid baseRefName closedAt mergedAt mergeable isInMergeQueue autoMergeRequest { enabledAt } author { __typename login }
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }`;

/** `isWhole`: its text was asked for. */
export function seenPullRequest(node: unknown, memory: RemediationMemory): SeenPullRequest & { readonly isWhole: boolean } {
  memory.learnPullRequest(node);
  const body = valueAt(node, ['body']);
  return {
    number: numberAt(node, ['number']),
    url: textAt(node, ['url']),
    openedByUs: memory.isUs(valueAt(node, ['author'])),
    fromFork: flagAt(node, ['isCrossRepository']),
    branch: textAt(node, ['headRefName']),
    baseBranch: textAt(node, ['baseRefName']),
    head: shaAt(node, ['headRefOid']),
    body: body === undefined ? null : textAt(node, ['body']),
    state: seenState(node, memory),
    isWhole: body !== undefined,
  };
}

function seenState(node: unknown, memory: RemediationMemory): SeenPullRequest['state'] {
  switch (stateOf(textAt(node, ['state']))) {
    case 'open':
      return { kind: 'open', mergesBy: mergesBy(node), conflicts: conflictsOf(textAt(node, ['mergeable'])) };
    case 'closed':
      return { kind: 'closed', at: textAt(node, ['closedAt']), by: closedBy(listAt(node, ['timelineItems', 'nodes']).at(-1), memory) };
    case 'merged':
      return { kind: 'merged', at: textAt(node, ['mergedAt']) };
  }
}

function mergesBy(node: unknown): 'merge_queue' | 'auto_merge' | null {
  if (flagAt(node, ['isInMergeQueue'])) return 'merge_queue';
  return optionalTextAt(node, ['autoMergeRequest', 'enabledAt']) === null ? null : 'auto_merge';
}

function conflictsOf(word: string): boolean | null {
  if (word === 'CONFLICTING') return true;
  if (word === 'MERGEABLE') return false;
  if (word === 'UNKNOWN') return null;
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot read a pull request: mergeable "${word.slice(0, 80)}", expected MERGEABLE, CONFLICTING or UNKNOWN`);
}

/** A ghost, another App and an imported identity are nobody that we know. */
function closedBy(event: unknown, memory: RemediationMemory): 'human' | 'us' | 'unknown' {
  const actor = valueAt(event, ['actor']);
  if (actor === null || actor === undefined) return 'unknown';
  if (memory.isUs(actor)) return 'us';
  return textAt(actor, ['__typename']) === 'User' ? 'human' : 'unknown';
}

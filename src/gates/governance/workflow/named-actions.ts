import type { JsonValue } from '../../../domain/json-value.ts';
import { pointerBelow } from '../../../domain/document/pointer.ts';
import { itemsOf, memberOf, membersOf } from './member-of.ts';

export interface NamedAction {
  readonly uses: string;
  readonly pointer: string;
}

/** Actions and workflows of others that a workflow or a composite action names, in their order. */
export function namedActions(value: JsonValue): readonly NamedAction[] {
  const jobs = membersOf(memberOf(value, 'jobs')).flatMap(([id, job]) => {
    const pointer = pointerBelow('/jobs', id);
    return [...usesAt(job, pointer), ...ofSteps(job, pointer)];
  });
  return [...jobs, ...ofSteps(memberOf(value, 'runs'), '/runs')];
}

/**
 * Whether a name leads to the same code tomorrow, or to code that stands in this account or is GitHub's own.
 * @param account Login of the account that owns the repository.
 */
export function isPinned(uses: string, account: string): boolean {
  if (uses.startsWith('./') || uses.startsWith('../')) return true;
  if (uses.startsWith('docker://')) return /@sha256:[0-9a-f]{64}$/i.test(uses);
  const owner = uses.split('/')[0]?.toLowerCase() ?? '';
  return [account.toLowerCase(), 'actions', 'github'].includes(owner) || /@(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(uses);
}

function ofSteps(parent: JsonValue | undefined, pointer: string): readonly NamedAction[] {
  return itemsOf(memberOf(parent, 'steps')).flatMap((step, index) => usesAt(step, pointerBelow(pointerBelow(pointer, 'steps'), index)));
}

function usesAt(value: JsonValue, pointer: string): readonly NamedAction[] {
  const uses = memberOf(value, 'uses');
  return typeof uses === 'string' ? [{ uses: uses.trim(), pointer: pointerBelow(pointer, 'uses') }] : [];
}

import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { AskedTree } from './policy-requests.ts';

/** What came of asking policies. `broken`: they are why there is no answer; `unknown`: the machine is. */
export type PolicyState =
  | { readonly kind: 'report' }
  | { readonly kind: 'broken'; readonly how: 'refused' | 'silent' | 'timed-out' | 'unreadable'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

export function stateOfTree(tree: AskedTree, evidence: Evidence): PolicyState {
  if (tree.kind === 'asked') return stateOfRequest(tree.request, evidence);
  return tree.isLasting ? { kind: 'broken', how: 'unreadable', why: tree.why } : { kind: 'unknown', why: tree.why };
}

export function stateOfRequest(request: RequestOf<'policies'>, evidence: Evidence): PolicyState {
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return { kind: 'unknown', why: answer?.why ?? 'they were not asked' };
  const { value } = answer;
  return value.kind === 'report' ? { kind: 'report' } : { kind: 'broken', how: value.kind, why: value.why };
}

import type { RequestOf } from '../../../domain/evidence.ts';
import { ownPolicies } from '../../../domain/policy/own-policies.ts';
import type { PolicyFile } from '../../../domain/policy/policy-file.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { GovernanceWorld } from '../governance-world.ts';
import { policyInputOf } from '../policy-input-of.ts';
import type { PolicyQuestion } from '../policy-input-of.ts';
import { policyLevels } from './policy-level.ts';
import type { PolicyLevel } from './policy-level.ts';
import type { PolicyTree } from './policy-tree.ts';

/** What a tree is asked, or why it is not. */
export type AskedTree = { readonly kind: 'asked'; readonly request: RequestOf<'policies'> } | Extract<PolicyTree, { readonly kind: 'unreadable' }>;

export interface AskedLevel extends Omit<PolicyLevel, 'base' | 'result'> {
  readonly base: AskedTree | null;
  /** Asked the same: whether the change leaves something that answers. What it says decides nothing. */
  readonly result: AskedTree | null;
}

/** The policies that a change is judged by, and what they are asked. */
export interface AskedPolicies {
  readonly question: PolicyQuestion;
  readonly builtin: RequestOf<'policies'>;
  readonly levels: readonly AskedLevel[];
}

/** Put together once for what is known: a question of a thousand actions is not asked twice in two spellings. */
export function askedPolicies(world: GovernanceWorld): AskedPolicies {
  const known = remembered.get(world);
  if (known !== undefined) return known;
  const question = policyInputOf(world);
  const subjects = question.input.actions.map(({ name }) => name);
  const ask = (policies: readonly PolicyFile[] | null): RequestOf<'policies'> => ({ kind: 'policies', policies, input: { ...question.input }, subjects });
  const askTree = (tree: PolicyTree | null): AskedTree | null => (tree?.kind === 'files' ? { kind: 'asked', request: ask(tree.files) } : tree);
  const levels = policyLevels(world).map((level) => ({ ...level, base: askTree(level.base), result: askTree(level.result) }));
  const asked: AskedPolicies = { question, builtin: ask(null), levels };
  remembered.set(world, asked);
  return asked;
}

const remembered = new WeakMap<GovernanceWorld, AskedPolicies>();

export function policyRequests({ builtin, levels }: AskedPolicies): readonly RequestOf<'policies'>[] {
  return [builtin, ...levels.flatMap(({ base, result }) => [base, result].flatMap((tree) => (tree?.kind === 'asked' ? tree.request : [])))];
}

/** Whether B has a file that a glob of policies matches. */
export function hasPolicy(snapshot: Snapshot, glob: string): boolean {
  return ownPolicies(snapshot.files, [glob]).length > 0;
}

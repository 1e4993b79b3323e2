import { digestOfBytes } from '../../../domain/digest.ts';
import type { PolicySource, RequestOf } from '../../../domain/probe-request.ts';
import { instantOf } from '../../../domain/instant.ts';
import { objectionToPolicyInput } from '../../../domain/policy/objection-to-policy-input.ts';
import type { PolicyInputObjection } from '../../../domain/policy/objection-to-policy-input.ts';
import { ownPolicies } from '../../../domain/policy/own-policies.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { AskedBundle } from '../../../domain/verdict.ts';
import type { GovernanceWorld } from '../governance-world.ts';
import { policyInputOf } from '../policy-input-of.ts';
import type { AskedInput } from '../policy-input-of.ts';
import { policyLevels } from './policy-level.ts';
import type { PolicyLevel } from './policy-level.ts';
import type { PolicyTree, UnreadablePolicies } from './policy-tree.ts';

/** What a tree is asked, or why it is not. */
export type AskedTree = { readonly kind: 'asked'; readonly request: RequestOf<'policies'> } | UnreadablePolicies;

export interface AskedLevel extends Omit<PolicyLevel, 'base' | 'result'> {
  readonly base: AskedTree | null;
  /** Asked the same: whether the change leaves something that answers. What it says decides nothing. */
  readonly result: AskedTree | null;
}

/** The policies that a change is judged by, and what they are asked. `objected`: nothing, since the input is not what rules are promised. */
export type AskedPolicies =
  | { readonly kind: 'objected'; readonly question: AskedInput; readonly objection: PolicyInputObjection }
  | { readonly kind: 'asked'; readonly question: AskedInput; readonly builtin: RequestOf<'policies'>; readonly levels: readonly AskedLevel[] };

/** Put together once for what is known: a question of a thousand actions is not asked twice in two spellings. */
export function askedPolicies(world: GovernanceWorld): AskedPolicies {
  const known = remembered.get(world);
  if (known !== undefined) return known;
  const asked = askedAnew(world);
  remembered.set(world, asked);
  return asked;
}

function askedAnew(world: GovernanceWorld): AskedPolicies {
  const question = policyInputOf(world);
  const input = { ...question.input };
  const objection = objectionToPolicyInput(input);
  if (objection !== null) return { kind: 'objected', question, objection };
  const subjects = input.actions.map(({ name }) => name);
  const ask = (policies: PolicySource): RequestOf<'policies'> => ({ kind: 'policies', policies, input, subjects });
  const askTree = (tree: PolicyTree | null): AskedTree | null => {
    if (tree === null || tree.kind === 'unreadable') return tree;
    return { kind: 'asked', request: ask(tree.kind === 'files' ? tree.files : tree.bundle) };
  };
  const levels = policyLevels(world).map((level) => ({ ...level, base: askTree(level.base), result: askTree(level.result) }));
  return { kind: 'asked', question, builtin: ask(null), levels };
}

const remembered = new WeakMap<GovernanceWorld, AskedPolicies>();

export function policyRequests(asked: AskedPolicies): readonly RequestOf<'policies'>[] {
  if (asked.kind === 'objected') return [];
  const { builtin, levels } = asked;
  return [builtin, ...levels.flatMap(({ base, result }) => [base, result].flatMap((tree) => (tree?.kind === 'asked' ? tree.request : [])))];
}

/** The ready bundles that are asked for an answer that counts. */
export function askedBundles(asked: AskedPolicies): readonly AskedBundle[] {
  if (asked.kind === 'objected') return [];
  return asked.levels.flatMap(({ whose, base }) => {
    const source = base?.kind === 'asked' ? base.request.policies : null;
    return source !== null && 'bundle' in source ? [{ whose, digest: digestOfBytes(source.bundle) }] : [];
  });
}

/** Ends (ISO 8601) of the keys by which a bundle that the change brings may be signed: from then on it would be signed by none. */
export function keyEnds(asked: AskedPolicies): readonly string[] {
  if (asked.kind === 'objected') return [];
  const ends = asked.levels.flatMap(({ result }) => {
    const source = result?.kind === 'asked' ? result.request.policies : null;
    return source !== null && 'bundle' in source ? source.keys.flatMap(({ notAfter }) => notAfter ?? []) : [];
  });
  return [...new Set(ends)].flatMap((end) => instantOf(end) ?? []).map((end) => new Date(end).toISOString());
}

/** Whether B has a file that a glob of policies matches. */
export function hasPolicy(snapshot: Snapshot, glob: string): boolean {
  return ownPolicies(snapshot.files, [glob]).length > 0;
}

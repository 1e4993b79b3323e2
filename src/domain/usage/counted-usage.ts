import { foldedLogin } from '../people/contributor.ts';
import type { UsageAmount } from './charge-of.ts';
import { usageSources } from './model-usage.ts';
import type { UsageSource } from './model-usage.ts';
import type { QuotaScope, UsagePlace } from './quota-window.ts';

/** What one source says of an agent in a repository, summed over a time. */
export interface UsageGroup extends UsageAmount {
  readonly repositoryId: number;
  /** Login in lower case. */
  readonly agent: string;
  readonly source: UsageSource;
}

type AmountsBySource = Readonly<Record<UsageSource, UsageAmount>>;

/** What is used up of a quota, so that more of one place can be added to it. */
export interface CountedUsage {
  /** Of all other agents and repositories that share it. */
  readonly others: UsageAmount;
  /** Of the agent in the repository. */
  readonly own: AmountsBySource;
}

/**
 * What a scope of an account has used up. Sources tell of the same calls, each as far as it sees them: of an agent in a repository the one counts that
 * says most, and of these the sum.
 */
export function countedUsage(groups: readonly UsageGroup[], scope: QuotaScope, place: Omit<UsagePlace, 'accountId'>): CountedUsage {
  const agent = foldedLogin(place.agent);
  const shared = groups.filter((group) => scope === 'organization' || (scope === 'agent' ? group.agent === agent : group.repositoryId === place.repositoryId));
  const [own, others] = [true, false].map((isOwn) => shared.filter((group) => (group.agent === agent && group.repositoryId === place.repositoryId) === isOwn));
  return { others: sharedUsage(others ?? []), own: usageBySource(own ?? []) };
}

/** What counts of several agents and repositories together. */
export function sharedUsage(groups: readonly UsageGroup[]): UsageAmount {
  const places = Map.groupBy(groups, (group) => `${group.repositoryId} ${group.agent}`);
  return sum([...places.values()].map((those) => greatest(usageBySource(those))));
}

/** All of it together. */
export function totalOf({ others, own }: CountedUsage): UsageAmount {
  return sum([others, greatest(own)]);
}

/** With more that one source tells of the place. */
export function withUsage({ others, own }: CountedUsage, source: UsageSource, more: UsageAmount): CountedUsage {
  return { others, own: { ...own, [source]: sum([own[source], more]) } };
}

/** What each source says of them. */
export function usageBySource(groups: readonly UsageGroup[]): AmountsBySource {
  const of = (source: UsageSource): UsageAmount => sum(groups.filter((group) => group.source === source));
  return { self: of('self'), proxy: of('proxy'), provider: of('provider') };
}

function greatest(amounts: AmountsBySource): UsageAmount {
  const most = (measure: keyof UsageAmount): bigint => usageSources.map((source) => amounts[source][measure]).reduce((one, other) => (one > other ? one : other));
  return { tokens: most('tokens'), cost: most('cost') };
}

function sum(amounts: readonly UsageAmount[]): UsageAmount {
  return amounts.reduce<UsageAmount>((all, one) => ({ tokens: all.tokens + one.tokens, cost: all.cost + one.cost }), { tokens: 0n, cost: 0n });
}

import type { Configuration } from '../../domain/configuration/configuration.ts';
import { foldedLogin } from '../../domain/people/contributor.ts';
import { sharedUsage, usageBySource } from '../../domain/usage/counted-usage.ts';
import type { UsageGroup } from '../../domain/usage/counted-usage.ts';
import type { UsageAmount } from '../../domain/usage/charge-of.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import { quotaWindows } from '../../domain/usage/quota-window.ts';
import type { ToldAmount, ToldSum, ToldWindow, UsageOverview } from '../../domain/usage/told-usage.ts';
import type { UsageOfModel } from '../../domain/usage/usage-total.ts';
import { findRepository } from '../find-repository.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store, StoreTransaction } from '../ports/store.ts';
import type { UsageFilter } from '../ports/usage-store.ts';
import { mostExportDays } from './export-usage.ts';
import { quotasOfRepository } from './quotas-of-repository.ts';
import { modelTold } from './read-usage-rows.ts';
import { repositoriesTold } from './repositories-told.ts';
import { windowForm } from './tell-windows.ts';
import type { UsageAsked } from './usage-asked.ts';
import { windowStates } from './window-states.ts';

export interface OverviewAsked extends UsageAsked {
  /** Of what was used; null: the month in UTC that the end is in or at the end of, and now. */
  readonly from: Date | null;
  readonly to: Date | null;
}

export type UsageReading =
  | { readonly kind: 'overview'; readonly overview: UsageOverview }
  /** `no_time`: the end comes before the beginning, or too long after it. */
  | { readonly kind: 'no_time' | 'unknown_repository' };

/** Agents, repositories, models and windows that are told at once. */
const most = 200;

/** Agents in repositories whose windows are looked for. */
const mostPlaces = 500;

/** What agents used over a time, by source, with what is reserved; and how far the quotas that limit them are used up now. The limits are those of the configuration as it was last seen valid. */
export async function readUsage({ store, clock }: { readonly store: Pick<Store, 'search' | 'transaction'>; readonly clock: Clock }, { account, repository: named, agent, ...time }: OverviewAsked): Promise<UsageReading> {
  const now = clock.now();
  const to = time.to ?? now;
  // What is charged this very instant is of now, too.
  const until = time.to ?? new Date(now.getTime() + 1);
  const from = time.from ?? monthOf(new Date(until.getTime() - 1));
  if (from >= until || to.getTime() - from.getTime() > mostExportDays * day) return { kind: 'no_time' };
  const repository = named === null ? null : await findRepository(store, account, named);
  if (named !== null && repository === null) return { kind: 'unknown_repository' };
  const filter: UsageFilter = { from, to: until, repositoryId: repository?.id ?? null, agent, source: null };
  const found = await store.transaction(async (transaction) => ({
    groups: (await transaction.usageBetween(account, from, until)).filter((group) => isAbout(group, filter)),
    models: await transaction.usageByModel(account, filter, most),
    windows: await windowsNow(transaction, account, filter, now),
  }));
  return { kind: 'overview', overview: await told(found, { from, to, toldOf: repositoriesTold(store, account) }) };
}

const day = 86_400_000;

function monthOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

interface Found {
  readonly groups: readonly UsageGroup[];
  readonly models: readonly UsageOfModel[];
  readonly windows: readonly JudgedWindow[];
}

function isAbout(group: UsageGroup, { repositoryId, agent }: UsageFilter): boolean {
  return (repositoryId === null || group.repositoryId === repositoryId) && (agent === null || group.agent === foldedLogin(agent));
}

/** Of whoever used something since the longest window began, and of whom is asked about. */
async function windowsNow(transaction: StoreTransaction, accountId: number, filter: UsageFilter, now: Date): Promise<readonly JudgedWindow[]> {
  const lately = (await transaction.usageBetween(accountId, new Date(now.getTime() - 33 * day), new Date(now.getTime() + day))).filter((group) => isAbout(group, filter));
  const asked = filter.repositoryId !== null && filter.agent !== null ? [{ repositoryId: filter.repositoryId, agent: foldedLogin(filter.agent) }] : [];
  const places = new Map([...asked, ...byTokens(lately, ({ tokens }) => tokens)].map(({ repositoryId, agent }) => [`${repositoryId} ${agent}`, { accountId, repositoryId, agent }]));
  const configurations = new Map<number, Configuration>();
  const usageBetween = remembered(transaction);
  const windows = new Map<string, JudgedWindow>();
  for (const place of [...places.values()].slice(0, mostPlaces)) {
    const configuration = configurations.get(place.repositoryId) ?? (await quotasOfRepository(transaction, accountId, place.repositoryId));
    configurations.set(place.repositoryId, configuration);
    for (const one of await windowStates({ usageBetween }, place, quotaWindows(configuration, place, now.toISOString()))) {
      const { scope, subject, measure, from, to, limit } = one.window;
      windows.set(JSON.stringify([scope, subject, measure, from, to, String(limit)]), one);
    }
  }
  return [...windows.values()].toSorted((one, other) => urgency[other.state] - urgency[one.state]);
}

const urgency: Readonly<Record<JudgedWindow['state'], number>> = { exceeded: 2, near: 1, free: 0 };

/** Most windows are those of others, too. */
function remembered(transaction: Pick<StoreTransaction, 'usageBetween'>): StoreTransaction['usageBetween'] {
  const known = new Map<string, Promise<readonly UsageGroup[]>>();
  return (accountId, from, to) => {
    const key = `${from.toISOString()} ${to.toISOString()}`;
    const groups = known.get(key) ?? transaction.usageBetween(accountId, from, to);
    known.set(key, groups);
    return groups;
  };
}

async function told({ groups, models, windows }: Found, { from, to, toldOf }: { readonly from: Date; readonly to: Date; readonly toldOf: ReturnType<typeof repositoriesTold> }): Promise<UsageOverview> {
  const agents = byTokens([...Map.groupBy(groups, ({ agent }) => agent)], ([, those]) => sharedUsage(those).tokens);
  const repositories = byTokens([...Map.groupBy(groups, ({ repositoryId }) => repositoryId)], ([, those]) => sharedUsage(those).tokens);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    total: sumOf(groups),
    agents: agents.slice(0, most).map(([agent, those]) => ({ agent, ...sumOf(those) })),
    repositories: await Promise.all(repositories.slice(0, most).map(async ([id, those]) => ({ repository: await toldOf(id), ...sumOf(those) }))),
    models: await Promise.all(models.map(async (model) => modelTold(model, await toldOf(model.repositoryId)))),
    windows: windows.slice(0, most).map(windowTold),
    untold: { agents: Math.max(0, agents.length - most), repositories: Math.max(0, repositories.length - most), windows: Math.max(0, windows.length - most) },
  };
}

function byTokens<Item>(items: readonly Item[], tokensOf: (item: Item) => bigint): readonly Item[] {
  return items.toSorted((one, other) => Number(tokensOf(other) > tokensOf(one)) - Number(tokensOf(other) < tokensOf(one)));
}

function sumOf(groups: readonly UsageGroup[]): ToldSum {
  const { self, proxy, provider } = usageBySource(groups);
  return { counted: amountTold(sharedUsage(groups)), bySource: { self: amountTold(self), proxy: amountTold(proxy), provider: amountTold(provider) } };
}

function amountTold({ tokens, cost }: UsageAmount): ToldAmount {
  return { tokens: String(tokens), costPicoUsd: String(cost) };
}

function windowTold(judged: JudgedWindow): ToldWindow {
  const { window: { limit }, used } = judged;
  return { ...windowForm(judged), left: String(used < limit ? limit - used : 0n) };
}

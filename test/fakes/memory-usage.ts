import { foldedLogin } from '../../src/domain/people/contributor.ts';
import type { UsageGroup } from '../../src/domain/usage/counted-usage.ts';
import type { UsageOfAgent, UsageOfModel, UsageTotal } from '../../src/domain/usage/usage-total.ts';
import type { UsageFilter, UsageStore } from '../../src/flows/ports/usage-store.ts';
import type { MemoryState } from './memory-state.ts';

const quarterOfHour = 15 * 60_000;

export function usage(state: MemoryState): UsageStore {
  const keyOf = (...parts: readonly unknown[]): string => JSON.stringify(parts);
  return {
    lockUsage: async () => {},
    async addUsage({ accountId, repositoryId, agent, usage: used, charge, at }) {
      const from = new Date(Math.floor(at.getTime() / quarterOfHour) * quarterOfHour);
      const login = foldedLogin(agent);
      const key = keyOf(accountId, from.getTime(), repositoryId, login, used.source, used.provider, used.model, charge.isPriced);
      const known = state.usageTotals.get(key);
      const place = { accountId, repositoryId, agent: login, source: used.source, provider: used.provider, model: used.model, isPriced: charge.isPriced, from };
      const more = { inputTokens: BigInt(used.inputTokens), outputTokens: BigInt(used.outputTokens), cacheReadTokens: BigInt(used.cacheReadTokens), cacheCreationTokens: BigInt(used.cacheCreationTokens), tokens: charge.tokens, cost: charge.cost };
      state.usageTotals.set(key, { ...place, inputTokens: more.inputTokens + (known?.inputTokens ?? 0n), outputTokens: more.outputTokens + (known?.outputTokens ?? 0n), cacheReadTokens: more.cacheReadTokens + (known?.cacheReadTokens ?? 0n), cacheCreationTokens: more.cacheCreationTokens + (known?.cacheCreationTokens ?? 0n), tokens: more.tokens + (known?.tokens ?? 0n), cost: more.cost + (known?.cost ?? 0n) });
    },
    async usageBetween(accountId, from, to) {
      const totals = [...state.usageTotals.values()].filter((one) => one.accountId === accountId && one.from >= from && one.from < to);
      const open = [...state.usageReservations.values()].filter((one) => one.accountId === accountId && one.settled === null && one.at >= from && one.at < to);
      const groups: UsageGroup[] = [...totals, ...open.map((one) => ({ repositoryId: one.repositoryId, agent: foldedLogin(one.agent), source: one.usage.source, tokens: one.charge.tokens, cost: one.charge.cost }))];
      return groups.map(({ repositoryId, agent, source, tokens, cost }) => ({ repositoryId, agent, source, tokens, cost }));
    },
    async usageTotals(accountId, filter, { after, limit }) {
      const all = [...state.usageTotals.entries()].filter(([, one]) => one.accountId === accountId && isWanted(one, filter)).toSorted(([a, one], [b, other]) => one.from.getTime() - other.from.getTime() || (a < b ? -1 : 1));
      const end = after === null ? -1 : all.findIndex(([key]) => key === keyOf(accountId, after.from.getTime(), after.repositoryId, after.agent, after.source, after.provider, after.model, after.isPriced));
      return all.slice(end + 1, end + 1 + limit).map(([, { accountId: _account, ...one }]) => one);
    },
    async usageByModel(accountId, filter, limit) {
      const sums = new Map<string, UsageOfModel>();
      for (const { accountId: _account, from: _from, ...one } of [...state.usageTotals.values()].filter((each) => each.accountId === accountId && isWanted(each, filter))) {
        const key = keyOf(one.repositoryId, one.agent, one.source, one.provider, one.model, one.isPriced);
        const known = sums.get(key);
        const sum = (count: 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheCreationTokens' | 'tokens' | 'cost'): bigint => one[count] + (known?.[count] ?? 0n);
        sums.set(key, { ...one, inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), cacheReadTokens: sum('cacheReadTokens'), cacheCreationTokens: sum('cacheCreationTokens'), tokens: sum('tokens'), cost: sum('cost') });
      }
      return [...sums].toSorted(([a, one], [b, other]) => Number(other.tokens - one.tokens) || (a < b ? -1 : 1)).slice(0, limit).map(([, one]) => one);
    },
    async usageByAgent(accountId, from, to, limit) {
      const sums = new Map<string, UsageOfAgent>();
      for (const { accountId: _account, from: _from, repositoryId: _repository, ...one } of [...state.usageTotals.values()].filter((each) => each.accountId === accountId && each.from >= from && each.from < to)) {
        const [provider, model] = one.isPriced ? [one.provider.toLowerCase(), one.model.toLowerCase()] : ['', ''];
        const key = keyOf(one.agent, one.source, provider, model, one.isPriced);
        const known = sums.get(key);
        const sum = (count: 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheCreationTokens' | 'tokens' | 'cost'): bigint => one[count] + (known?.[count] ?? 0n);
        sums.set(key, { ...one, provider, model, inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens'), cacheReadTokens: sum('cacheReadTokens'), cacheCreationTokens: sum('cacheCreationTokens'), tokens: sum('tokens'), cost: sum('cost') });
      }
      return [...sums].toSorted(([a, one], [b, another]) => Number(another.tokens - one.tokens) || (a < b ? -1 : 1)).slice(0, limit).map(([, one]) => one);
    },
    async chargeEvidence({ repositoryId, changeDigest, usageDigest }) {
      const key = keyOf(repositoryId, changeDigest, usageDigest);
      if (state.usageOfEvidence.has(key)) return false;
      state.usageOfEvidence.add(key);
      return true;
    },
    isCharged: async ({ repositoryId, changeDigest, usageDigest }) => state.usageOfEvidence.has(keyOf(repositoryId, changeDigest, usageDigest)),
    async saveReservation(one) {
      state.usageReservations.set(one.id, one);
    },
    reservation: async (accountId, id) => [...state.usageReservations.values()].find((one) => one.accountId === accountId && one.id === id) ?? null,
    reservationOfKey: async (accountId, by, key) => [...state.usageReservations.values()].find((one) => one.accountId === accountId && one.by === by && one.key === key) ?? null,
    async expiredReservations(accountId, now, limit) {
      const over = [...state.usageReservations.values()].filter((one) => one.accountId === accountId && one.settled === null && one.expiresAt <= now);
      return over.toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime() || (a.id < b.id ? -1 : 1)).slice(0, limit);
    },
    async alertOnce(accountId, { scope, subject, measure, from, to }) {
      const key = keyOf(accountId, scope, subject, measure, from, to);
      if (state.usageAlerts.has(key)) return false;
      state.usageAlerts.add(key);
      return true;
    },
    async breachOnce(accountId, { scope, subject, measure, from, to, limit }) {
      const key = keyOf('breach', accountId, scope, subject, measure, from, to, String(limit));
      if (state.usageAlerts.has(key)) return false;
      state.usageAlerts.add(key);
      return true;
    },
  };
}

function isWanted(one: UsageTotal, { from, to, repositoryId, agent, source }: UsageFilter): boolean {
  return one.from >= from && one.from < to && (repositoryId === null || one.repositoryId === repositoryId) && (agent === null || one.agent === foldedLogin(agent)) && (source === null || one.source === source);
}

import type { Digest } from '../../src/domain/digest.ts';
import { mostGapDays } from '../../src/domain/whitelist/grant-use.ts';
import type { GrantOwner } from '../../src/domain/whitelist/grant-use.ts';
import type { LeftoverStore } from '../../src/flows/ports/leftover-store.ts';
import type { MemoryState } from './memory-state.ts';

const day = 86_400_000;

export function leftovers(state: MemoryState): LeftoverStore {
  const idOf = ({ repositoryId }: GrantOwner): number => repositoryId ?? 0;
  const nameOf = (owner: GrantOwner): string => `${owner.accountId}:${idOf(owner)}`;
  const recordMatches = (accountId: number, grants: readonly Digest[], now: Date): void => {
    for (const grant of grants) {
      const [key, row] = [`${accountId}:${grant}`, state.grants.get(`${accountId}:${grant}`)];
      if (row !== undefined && (row.matchedAt === null || now.getTime() - row.matchedAt.getTime() > day)) state.grants.set(key, { ...row, matchedAt: now });
    }
  };
  return {
    async seeGrants(owner, grants, now) {
      const { accountId } = owner;
      const known = [...state.grants].filter(([, row]) => row.accountId === accountId && row.repositoryId === idOf(owner));
      for (const [key, row] of known) if (!grants.includes(row.grant)) state.grants.delete(key);
      return [...new Set(grants)].map((grant) => {
        const key = `${accountId}:${grant}`;
        const row = state.grants.get(key);
        const knownSince = row === undefined || now.getTime() - row.seenAt.getTime() > mostGapDays * day ? now : row.knownSince;
        state.grants.set(key, { accountId, repositoryId: idOf(owner), grant, knownSince, seenAt: now, matchedAt: row?.matchedAt ?? null });
        return { grant, knownSince: knownSince.toISOString(), matchedAt: row?.matchedAt?.toISOString() ?? null };
      });
    },
    recordMatches: async (accountId, grants, now) => recordMatches(accountId, grants, now),
    async saveOpenMatches({ repository, number }, grants) {
      state.openMatches.set(`${repository.id}:${number}`, { accountId: repository.account.id, repositoryId: repository.id, grants });
    },
    async addOpenMatches({ repository, number }, grants) {
      const key = `${repository.id}:${number}`;
      state.openMatches.set(key, { accountId: repository.account.id, repositoryId: repository.id, grants: [...(state.openMatches.get(key)?.grants ?? []), ...grants] });
    },
    async recordOpenMatches(accountId, now) {
      for (const [key, row] of state.openMatches) if (row.accountId === accountId && state.pullRequests.get(key)?.facts.state === 'open') recordMatches(accountId, row.grants, now);
    },
    holdLeftovers: async (owner) => state.leftovers.get(nameOf(owner))?.leftovers ?? [],
    async saveLeftovers(owner, kept) {
      if (kept.length === 0) state.leftovers.delete(nameOf(owner));
      else state.leftovers.set(nameOf(owner), { accountId: owner.accountId, repositoryId: idOf(owner), leftovers: kept });
    },
    async leftoversOf(accountId) {
      const own = [...state.leftovers.values()].filter((one) => one.accountId === accountId).toSorted((a, b) => a.repositoryId - b.repositoryId);
      return own.map(({ repositoryId, leftovers: kept }) => ({ repositoryId: repositoryId === 0 ? null : repositoryId, leftovers: kept }));
    },
  };
}

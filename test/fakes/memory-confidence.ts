import type { ConfidenceCase } from '../../src/domain/calibration/confidence-case.ts';
import { foldedLogin } from '../../src/domain/people/contributor.ts';
import type { ConfidenceStore } from '../../src/flows/ports/confidence-store.ts';
import type { MemoryState } from './memory-state.ts';

export function confidences(state: MemoryState): ConfidenceStore {
  const keyOf = ({ repositoryId, pullRequest, agent }: Pick<ConfidenceCase, 'repositoryId' | 'pullRequest' | 'agent'>): string => `${repositoryId}:${pullRequest}:${foldedLogin(agent)}`;
  const all = (repositoryId: number): readonly ConfidenceCase[] => [...state.confidences.values()].map(({ one }) => one).filter((one) => one.repositoryId === repositoryId).toSorted((a, b) => (foldedLogin(a.agent) < foldedLogin(b.agent) ? -1 : 1));
  const of = (repositoryId: number, pullRequest: number): readonly ConfidenceCase[] => all(repositoryId).filter((one) => one.pullRequest === pullRequest);
  const change = (repositoryId: number, pullRequest: number, to: (one: ConfidenceCase) => ConfidenceCase): void => {
    for (const one of of(repositoryId, pullRequest)) {
      const row = state.confidences.get(keyOf(one));
      if (row !== undefined) state.confidences.set(keyOf(one), { ...row, one: to(one) });
    }
  };
  return {
    async saveConfidence({ repository, number }, cases) {
      const known = of(repository.id, number);
      if (known.some(({ closed }) => closed?.isMerged === true)) return;
      for (const one of known) state.confidences.delete(keyOf(one));
      for (const one of cases) {
        const kept = { ...one, repositoryId: repository.id, pullRequest: number, closed: null, revertedAt: null };
        state.confidences.set(keyOf(kept), { accountId: repository.account.id, one: kept });
      }
    },
    confidenceOf: async (repositoryId, pullRequest) => of(repositoryId, pullRequest),
    closeConfidence: async (repositoryId, pullRequest, closed) => change(repositoryId, pullRequest, (one) => ({ ...one, closed })),
    revertConfidence: async (repositoryId, pullRequest, at) => change(repositoryId, pullRequest, (one) => ({ ...one, revertedAt: one.revertedAt ?? at })),
    async confidenceHistory(repositoryId, agent, limit) {
      const closed = all(repositoryId).filter((one) => one.closed !== null && (agent === null || foldedLogin(one.agent) === foldedLogin(agent)));
      return closed.toSorted((a, b) => Date.parse(b.closed?.at ?? '') - Date.parse(a.closed?.at ?? '') || b.pullRequest - a.pullRequest).slice(0, limit);
    },
    async agentsOfRepository(accountId, repositoryId) {
      const own = [...state.confidences.values()].filter((row) => row.accountId === accountId && row.one.repositoryId === repositoryId && row.one.closed !== null).toSorted((a, b) => Date.parse(a.one.closed?.at ?? '') - Date.parse(b.one.closed?.at ?? ''));
      const newest = new Map(own.map(({ one }) => [foldedLogin(one.agent), one.agent]));
      return [...newest].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, agent]) => agent);
    },
  };
}

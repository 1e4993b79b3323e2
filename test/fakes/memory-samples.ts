import type { SampleStore } from '../../src/flows/sample-store.ts';
import type { MemoryState } from './memory-state.ts';

export function samples(state: MemoryState): SampleStore {
  const keyOf = (repositoryId: number, behavior: string, head: string) => JSON.stringify([repositoryId, behavior, head]);
  return {
    async useToken({ issuer, id }) {
      const key = JSON.stringify([issuer, id]);
      if (state.usedTokens.has(key)) return false;
      state.usedTokens.add(key);
      return true;
    },
    async recordSample(sample) {
      const key = keyOf(sample.repositoryId, sample.behavior, sample.head);
      if (state.samples.has(key)) return false;
      state.samples.set(key, sample);
      return true;
    },
    sampleOf: async (repositoryId, behavior, head) => state.samples.get(keyOf(repositoryId, behavior, head)) ?? null,
  };
}

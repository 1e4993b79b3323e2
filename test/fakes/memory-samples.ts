import type { BehaviorSample } from '../../src/domain/sample/behavior-sample.ts';
import type { SampledHead, SampleStore } from '../../src/flows/sample-store.ts';
import type { MemoryState } from './memory-state.ts';

export function samples(state: MemoryState): SampleStore {
  const keyOf = (repositoryId: number, behavior: string, { head, baseBranch }: SampledHead) => JSON.stringify([repositoryId, behavior, head, baseBranch]);
  const keyOfSample = (sample: BehaviorSample) => keyOf(sample.repositoryId, sample.behavior, sample);
  return {
    async useToken({ issuer, id }) {
      const key = JSON.stringify([issuer, id]);
      if (state.usedTokens.has(key)) return false;
      state.usedTokens.add(key);
      return true;
    },
    async recordSample(sample, instead) {
      if (instead !== null && state.samples.get(keyOfSample(instead))?.receivedAt === instead.receivedAt) state.samples.delete(keyOfSample(instead));
      const key = keyOfSample(sample);
      if (state.samples.has(key)) return false;
      state.samples.set(key, sample);
      return true;
    },
    sampleOf: async (repositoryId, behavior, at) => state.samples.get(keyOf(repositoryId, behavior, at)) ?? null,
  };
}

import { compareText } from '../../src/domain/compare-text.ts';
import type { BehaviorSample } from '../../src/domain/sample/behavior-sample.ts';
import type { SampledHead, SampleStore } from '../../src/flows/ports/sample-store.ts';
import { sampleForm } from '../../src/store/form/sample-form.ts';
import type { MemoryState } from './memory-state.ts';

const bytesOf = (samples: readonly BehaviorSample[]): number => samples.reduce((sum, sample) => sum + Buffer.byteLength(sampleForm.write(sample)), 0);

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
    async sampleBytes(repositoryId, head) {
      return bytesOf([...state.samples.values()].filter((one) => one.repositoryId === repositoryId && one.head === head));
    },
    async forgetSamples(repositoryId, { beyond }) {
      const newest = [...state.samples.values()].filter((one) => one.repositoryId === repositoryId).toSorted((a, b) => compareText(b.receivedAt, a.receivedAt));
      let total = 0;
      for (const sample of newest) {
        total += bytesOf([sample]);
        if (total > beyond) state.samples.delete(keyOfSample(sample));
      }
    },
    sampleOf: async (repositoryId, behavior, at) => state.samples.get(keyOf(repositoryId, behavior, at)) ?? null,
  };
}

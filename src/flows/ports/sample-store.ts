import type { BehaviorSample } from '../../domain/sample/behavior-sample.ts';
import type { Sha } from '../../domain/tree.ts';

/** A head, with the branch that it would be merged into. */
export interface SampledHead {
  readonly head: Sha;
  readonly baseBranch: string;
}

/** What a store keeps of samples, within its transactions. */
export interface SampleStore {
  /** Marks a token as used, at least until it expires. @returns Whether it was not used before. */
  useToken(token: { readonly issuer: string; readonly id: string; readonly expiresAt: Date }): Promise<boolean>;
  /**
   * Keeps a sample where none of the behaviour stands for the head and branch but the one that gives way to it: what came first
   * stands, whoever comes at the same time.
   * @returns Whether it was kept.
   */
  recordSample(sample: BehaviorSample, instead: BehaviorSample | null): Promise<boolean>;
  /** Bytes of all samples that are kept of a head, whatever branches they are for. */
  sampleBytes(repositoryId: number, head: Sha): Promise<number>;
  /** Drops the oldest of a repository beyond so many bytes. */
  forgetSamples(repositoryId: number, bytes: { readonly beyond: number }): Promise<void>;
  /** Null: none came. */
  sampleOf(repositoryId: number, behavior: string, at: SampledHead): Promise<BehaviorSample | null>;
}

import type { BehaviorSample } from '../domain/sample/behavior-sample.ts';
import type { Sha } from '../domain/tree.ts';

/** What a store keeps of samples, within its transactions. */
export interface SampleStore {
  /** Marks a token as used, at least until it expires. @returns Whether it was not used before. */
  useToken(token: { readonly issuer: string; readonly id: string; readonly expiresAt: Date }): Promise<boolean>;
  /** Keeps what first comes about a behaviour at a head: running again until it is green changes nothing. @returns Whether it was kept. */
  recordSample(sample: BehaviorSample): Promise<boolean>;
  /** Null: none came. */
  sampleOf(repositoryId: number, behavior: string, head: Sha): Promise<BehaviorSample | null>;
}

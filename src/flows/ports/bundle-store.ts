import type { BundleProgress, BundleRequest, KeptBundle, MadeBundle } from '../../domain/bundle-request.ts';
import type { Digest } from '../../domain/digest.ts';

/** What a store keeps of bundles, within its transactions. */
export interface BundleStore {
  /** Keeps a request. Where the same subject asked under the same key before, that one is answered, and nothing changed. */
  askBundle(request: BundleRequest): Promise<BundleRequest>;
  /** Null also for one of another account. */
  bundleRequest(account: number, id: string): Promise<BundleRequest | null>;
  /** How many of an account are neither ready nor failed. */
  openBundleRequests(account: number): Promise<number>;
  /** Those of all accounts that are neither ready nor failed, in the order in which they were asked for. */
  waitingBundles(): Promise<readonly BundleRequest[]>;
  tellBundle(account: number, id: string, progress: BundleProgress): Promise<void>;
  /** One that is there already stays as it is. Call under `lockRetention`, where nothing that stands in it was erased. */
  keepBundle(bundle: KeptBundle): Promise<void>;
  /** As the store has it, nothing of it checked. Null also for one of another account. */
  keptBundle(account: number, id: Digest): Promise<KeptBundle | null>;
  /** As `keptBundle`, without reading its file. */
  madeBundle(account: number, id: Digest): Promise<MadeBundle | null>;
}

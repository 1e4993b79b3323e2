import type { Bundle } from '../../audit/bundle.ts';
import type { BundleVerification } from '../../audit/bundle-verification.ts';
import type { Envelope } from '../../audit/envelope.ts';
import type { BundleTrust } from '../../audit/verify-bundle.ts';

/** What takes seconds for a large bundle, wherever that is done: a server answers others meanwhile. */
export interface BundleWork {
  /** As `bundlePayload`. */
  payload(bundle: Bundle): Promise<Uint8Array>;
  /** As `bundleFile`. */
  file(envelope: Envelope): Promise<Uint8Array>;
  /** As `verifyBundle`. */
  verify(file: Uint8Array, trust: BundleTrust): Promise<BundleVerification>;
}

import { bundlePayload } from '../audit/bundle-statement.ts';
import { bundleFile } from '../audit/read-bundle.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import type { BundleWork } from './ports/bundle-work.ts';

/** Done where it is asked for: for whoever has nothing else to do. */
export const ownBundleWork: BundleWork = {
  payload: async (bundle) => await Promise.resolve(bundlePayload(bundle)),
  file: async (envelope) => await Promise.resolve(bundleFile(envelope)),
  verify: async (file, trust) => await Promise.resolve(verifyBundle(file, trust)),
};

import { parentPort, workerData } from 'node:worker_threads';
import type { Bundle } from '../audit/bundle.ts';
import { bundlePayload } from '../audit/bundle-statement.ts';
import type { BundleVerification } from '../audit/bundle-verification.ts';
import type { Envelope } from '../audit/envelope.ts';
import { bundleFile } from '../audit/read-bundle.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import type { BundleTrust } from '../audit/verify-bundle.ts';

/** What a thread is started for. */
export type BundleTask =
  | { readonly kind: 'payload'; readonly bundle: Bundle }
  | { readonly kind: 'file'; readonly envelope: Envelope }
  | { readonly kind: 'verify'; readonly file: Uint8Array; readonly trust: BundleTrust };

/** Does one task and ends. */
function done(task: BundleTask): Uint8Array | BundleVerification {
  switch (task.kind) {
    case 'payload':
      return bundlePayload(task.bundle);
    case 'file':
      return bundleFile(task.envelope);
    case 'verify':
      return verifyBundle(task.file, task.trust);
  }
}

const task: BundleTask = workerData;
parentPort?.postMessage(done(task), []);

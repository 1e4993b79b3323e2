import type { BundleRequest } from '../domain/bundle-request.ts';
import type { Store } from './ports/store.ts';

/** Milliseconds between two looks. */
const lookMs = 100;

/** The request as it stands once its bundle is made or will not be, and at the latest after so many milliseconds. */
export async function settledBundle(store: Pick<Store, 'transaction'>, request: BundleRequest, most: number): Promise<BundleRequest> {
  for (let waited = 0, seen = request; ; waited += lookMs) {
    if (seen.progress.state === 'ready' || seen.progress.state === 'failed' || waited >= most) return seen;
    await new Promise<void>((resolve) => void setTimeout(resolve, lookMs));
    seen = (await store.transaction((transaction) => transaction.bundleRequest(request.account, request.id))) ?? seen;
  }
}

import { compareText } from '../../src/domain/compare-text.ts';
import type { BundleRequest } from '../../src/domain/bundle-request.ts';
import type { BundleStore } from '../../src/flows/ports/bundle-store.ts';
import type { MemoryState } from './memory-state.ts';

export function dropBundles(state: MemoryState, account: number): void {
  for (const [place, bundle] of state.bundles) if (bundle.account === account) state.bundles.delete(place);
}

export function bundles(state: MemoryState): BundleStore {
  const isOpen = ({ progress }: BundleRequest): boolean => progress.state === 'waiting' || progress.state === 'assembling';
  return {
    async askBundle(request) {
      const { account, subject, key } = request;
      const known = [...state.bundleRequests.values()].find((one) => key !== null && one.account === account && one.subject === subject && one.key === key);
      if (known === undefined) state.bundleRequests.set(request.id, request);
      return known ?? request;
    },
    async bundleRequest(account, id) {
      const found = state.bundleRequests.get(id);
      return found?.account === account ? found : null;
    },
    openBundleRequests: async (account) => [...state.bundleRequests.values()].filter((one) => one.account === account && isOpen(one)).length,
    waitingBundles: async () => [...state.bundleRequests.values()].filter(isOpen).toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime() || compareText(a.id, b.id)),
    async tellBundle(account, id, progress) {
      const found = state.bundleRequests.get(id);
      if (found?.account === account) state.bundleRequests.set(id, { ...found, progress });
    },
    async keepBundle(bundle) {
      const place = `${bundle.account}:${bundle.id}`;
      if (!state.bundles.has(place)) state.bundles.set(place, bundle);
    },
    keptBundle: async (account, id) => state.bundles.get(`${account}:${id}`) ?? null,
    async madeBundle(account, id) {
      const kept = state.bundles.get(`${account}:${id}`);
      return kept === undefined ? null : { account, id, bytes: kept.file.length, entries: kept.entries, madeAt: kept.madeAt };
    },
  };
}

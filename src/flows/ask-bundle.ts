import type { BundleRequest } from '../domain/bundle-request.ts';
import { textOfAsked } from './bundle-question.ts';
import { bundlesJob } from './job-requests.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';
import type { AskedBundle } from './select-entries.ts';

export interface AskBundlePorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface WantedBundle {
  readonly account: number;
  readonly subject: string;
  /** By which the subject knows the request again; null: each is a new one. */
  readonly key: string | null;
  readonly asked: AskedBundle;
}

export type AskBundleOutcome =
  | { readonly kind: 'asked'; readonly request: BundleRequest }
  /** The subject asked for something else under this key. */
  | { readonly kind: 'key-used' }
  /** So many of the account wait. */
  | { readonly kind: 'too-many' };

/** Asks for a bundle, in one transaction with the job that makes it. The same subject's same key is the same request, however often it comes. */
export async function askBundle({ store, clock, newId }: AskBundlePorts, { account, subject, key, asked }: WantedBundle): Promise<AskBundleOutcome> {
  const wanted: BundleRequest = { id: newId(), account, subject, key, question: textOfAsked(asked), askedAt: clock.now(), progress: { state: 'waiting' } };
  try {
    return await store.transaction(async (transaction) => {
      // Whoever asks at the same moment is counted, too.
      await transaction.lockRetention(account);
      const request = await transaction.askBundle(wanted);
      if (request.question !== wanted.question) return { kind: 'key-used' };
      if (request.id === wanted.id && (await transaction.openBundleRequests(account)) > mostOpen) throw new TooManyOpen();
      if (request.id === wanted.id) await transaction.enqueue(bundlesJob());
      return { kind: 'asked', request };
    });
  } catch (thrown) {
    if (thrown instanceof TooManyOpen) return { kind: 'too-many' };
    throw thrown;
  }
}

/** Rolls back. */
class TooManyOpen extends Error {}

/** Of one account, neither ready nor failed. */
const mostOpen = 10;

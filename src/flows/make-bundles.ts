import type { EnvelopeSigner } from '../audit/envelope.ts';
import type { BundleProgress, BundleRequest } from '../domain/bundle-request.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { assembleBundle } from './assemble-bundle.ts';
import { askedOfText } from './bundle-question.ts';
import { bundlesJob } from './job-requests.ts';
import type { BundleWork } from './ports/bundle-work.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import type { CheckpointSealer } from './seal-checkpoint.ts';

export interface MakeBundlesPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly sealer: CheckpointSealer;
  /** Raw public keys that may have signed the logs. */
  readonly publicKeys: readonly Uint8Array[];
  readonly signer: EnvelopeSigner;
  readonly work: BundleWork;
}

/**
 * Makes the bundles that were asked for, one after the other: each may take hundreds of megabytes. Safe to run again.
 * @throws what kept one of them from being made and may be over later, once the others are made.
 */
export async function makeBundles(ports: MakeBundlesPorts, signal: AbortSignal): Promise<void> {
  const thrown: unknown[] = [];
  for (const request of await ports.store.transaction((transaction) => transaction.waitingBundles())) {
    signal.throwIfAborted();
    await makeBundle(ports, request).catch((why: unknown) => void thrown.push(why));
  }
  if (thrown.length > 0) throw thrown[0];
}

/** What asking again would not change is told to whoever asked. */
async function makeBundle(ports: MakeBundlesPorts, request: BundleRequest): Promise<void> {
  const { account, id } = request;
  const tell = (progress: BundleProgress): Promise<void> => ports.store.transaction((transaction) => transaction.tellBundle(account, id, progress));
  try {
    await tell({ state: 'assembling', entries: 0 });
    await tell({ state: 'ready', bundle: await keptBundleOf(ports, request, (entries) => tell({ state: 'assembling', entries })) });
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SUPERSEDED') return await putOff(ports, request);
    const told = thrown instanceof Failure ? toldOf(thrown) : null;
    if (told === null) throw thrown;
    ports.log.warn('bundle not made', { account, request: id, failure: thrown });
    await tell({ state: 'failed', ...told });
  }
}

/** For a run of its own: this one is over for whoever runs it, and nobody else would come back to it. */
async function putOff({ store }: MakeBundlesPorts, { account, id }: BundleRequest): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.tellBundle(account, id, { state: 'waiting' });
    await transaction.enqueue(bundlesJob());
  });
}

/** @throws Failure SUPERSEDED where something was erased meanwhile: it is made anew. AUDIT_TAMPERED where one that was kept before is not what it was. */
async function keptBundleOf({ store, clock, publicKeys, signer, sealer, work }: MakeBundlesPorts, { account, question }: BundleRequest, onProgress: (entries: number) => Promise<void>): Promise<Digest> {
  const began = await store.audit.size(account);
  const { file, verification, id } = await assembleBundle({ audit: store.audit, index: store.auditIndex, publicKeys, signer, work, seal: async () => void (await sealer.seal(account, { force: true })), onProgress }, account, askedOfText(question));
  const kept = await store.transaction(async (transaction) => {
    // What was erased until now may stand in it; an erasure from here on waits, and drops it.
    await transaction.lockRetention(account);
    if (await transaction.hasErasedSince(account, began)) throw new Failure('SUPERSEDED', `Cannot keep bundle ${id} of account ${account}: something was erased while it was made. It is made anew.`);
    await transaction.keepBundle({ account, id, file, entries: verification.entries, madeAt: clock.now() });
    return await transaction.keptBundle(account, id);
  });
  if (kept !== null && (Buffer.compare(kept.file, file) === 0 || (await work.verify(kept.file, { keys: [], checkpoints: [], id })).outcome !== 'tampered')) return id;
  throw new Failure('AUDIT_TAMPERED', `Cannot keep bundle ${id} of account ${account}: another file stands under its id.`);
}

/** Null: asking again may change it. */
function toldOf({ code, message }: Failure): { readonly code: string; readonly why: string } | null {
  if (code === 'NOT_FOUND') return { code: 'nothing_found', why: message };
  if (code === 'USAGE') return { code: 'too_large', why: message };
  if (code !== 'AUDIT_TAMPERED' && code !== 'AUDIT_BLOCKED') return null;
  return { code: 'log_broken', why: 'What the store has does not fit the log. No bundle was made: whoever runs the server verifies it with plumbline audit verify store.' };
}

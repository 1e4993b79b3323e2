import type { Snapshot } from '../audit/snapshot.ts';
import { snapshotOf } from '../audit/snapshot.ts';
import { inputLink, notKeptLink } from '../audit/snapshot-link.ts';
import type { Digest } from '../domain/digest.ts';
import type { JudgedInput } from '../domain/judged-input/judged-input.ts';
import { whyNotKept } from '../domain/judged-input/why-not-kept.ts';
import type { Snapshot as JudgedSnapshot } from '../domain/snapshot.ts';
import type { Judgement } from './judge.ts';
import type { Store } from './ports/store.ts';

/** What is written of a judged input, and how its entry says so. */
export interface InputToKeep {
  readonly parts: readonly Snapshot[];
  readonly link: string;
  /** All that has to be there with them once they are kept. */
  readonly digests: readonly Digest[];
}

/**
 * Compresses what is not kept yet: most of it was judged before. Done before the transaction that keeps it, in which nobody
 * should wait; what is erased meanwhile is missed there.
 */
export async function inputToKeep(store: Pick<Store, 'transaction'>, account: number, { input, ...judged }: Pick<Judgement, 'input' | 'evidence'> & { readonly snapshot: JudgedSnapshot }): Promise<InputToKeep> {
  const why = whyNotKept(input, judged);
  if (why !== null) return { parts: [], link: notKeptLink(why), digests: [] };
  const texts = textsOf(input);
  const lacked = await store.transaction((transaction) => transaction.lackedInputs(account, [...texts.keys()]));
  const parts: Snapshot[] = [];
  for (const digest of lacked) {
    parts.push(snapshotOf(new TextEncoder().encode(texts.get(digest))));
    // A large change must not keep the server from answering meanwhile.
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  return { parts, link: inputLink(input.root.digest), digests: [...texts.keys()] };
}

function textsOf({ root, parts }: JudgedInput): ReadonlyMap<Digest, string> {
  return new Map([...parts, root].map(({ digest, text }) => [digest, text]));
}

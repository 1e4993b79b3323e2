import { digestOfBytes } from './digest.ts';
import type { Digest } from './digest.ts';
import type { Effect } from './effect.ts';

/** What the log names an effect by that was performed: the digest of its JSON. */
export function digestOfEffect(effect: Effect): Digest {
  return digestOfBytes(JSON.stringify(effect));
}

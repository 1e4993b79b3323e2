import { canonicalText } from '../canonical.ts';
import type { PublicKey } from './public-key.ts';

/** Whether two keys verify the same signatures, whatever they are called. */
export function isSameKey(one: Pick<PublicKey, 'material'>, other: Pick<PublicKey, 'material'>): boolean {
  return canonicalText(one.material) === canonicalText(other.material);
}

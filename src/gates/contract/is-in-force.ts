import type { Contract } from '../../domain/contract/contract.ts';

/** Whether others may rely on a version: it is released and has not come to its end. */
export function isInForce({ lifecycle }: Contract): boolean {
  return lifecycle === 'active' || lifecycle === 'deprecated';
}

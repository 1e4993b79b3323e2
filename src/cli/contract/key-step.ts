import { quoted } from '../../domain/finding.ts';
import { isSameKey } from '../../domain/signature/is-same-key.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { endOf } from '../../gates/contract/signature-claim.ts';

/** Keys of the branch that a contract would be merged into, and those of the working tree. */
export interface KeysToFind {
  readonly branch: string;
  readonly atBase: readonly PublicKey[];
  readonly inWork: readonly PublicKey[];
  readonly now: Date;
}

/** What comes before a contract that was signed as `kid` with this key; null where the base has the key. The operator's keys are not known here. */
export function keyStep(kid: string, key: PublicKey, { branch, atBase, inWork, now }: KeysToFind): string | null {
  const isIt = (one: PublicKey): boolean => one.kid === kid && isSameKey(one, key);
  const merged = atBase.filter((one) => isIt(one));
  if (merged.some((one) => endOf(one) > now.getTime())) return null;
  if (merged.length > 0) return `It is signed with ${quoted(kid)}, which is good for no new release any more. Next: set kmsKeyRef to a newer key, and sign it again.`;
  if (atBase.some((one) => one.kid === kid)) return `It is signed with another key than the one that ${branch} has as ${quoted(kid)}. Next: sign it with that one, or give this one a kmsKeyRef of its own.`;
  const first = inWork.some((one) => isIt(one)) ? 'commit the key file that has it alone and merge it first' : `add ${JSON.stringify({ ...key.material, kid })} to \`keys\` of a key file, and merge that alone first`;
  return `It is signed with ${quoted(kid)}, which is no key of ${branch}. Next, unless the operator has that key: ${first}.`;
}

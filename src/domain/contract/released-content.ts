import { canonicalBytes } from '../canonical.ts';
import type { ContractFields } from '../configuration/configuration.ts';
import type { Digest } from '../digest.ts';
import { contractContent, statePointers } from './contract-content.ts';
import type { Contract } from './contract.ts';

/** What was released, beside where: for whoever keeps it. Everything is made when asked, and anew each time. */
export interface ReleasedContent {
  /** Members of the document that are not part of the content, as JSON pointers. */
  readonly without: readonly string[];
  /** Lifecycle and flags in which it was released. */
  readonly stateDigest: Digest;
  /** The bytes whose SHA-256 is the content hash. */
  readonly canonical: Uint8Array;
}

export function releasedContent(contract: Contract, fields: ContractFields): ReleasedContent {
  return {
    get without() {
      return statePointers(fields);
    },
    get stateDigest() {
      return contract.stateDigest;
    },
    get canonical() {
      return canonicalBytes(contractContent(contract.document.value, fields));
    },
  };
}

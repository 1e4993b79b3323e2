import type { ContractField } from '../configuration/configuration.ts';
import type { Digest } from '../digest.ts';
import type { Document } from '../document/document.ts';
import type { EmergencyFlags } from './emergency-flags.ts';
import type { Lifecycle } from './lifecycle.ts';

/** A versioned document that others rely on. */
export interface Contract {
  readonly path: string;
  readonly contractId: string;
  /** As written; `key` is what versions are compared by. */
  readonly version: string;
  readonly key: string;
  readonly previousContractRef: Digest | null;
  readonly lifecycle: Lifecycle;
  readonly emergencyFlags: EmergencyFlags;
  readonly document: Document;
  /** SHA-256 of the canonical content. Computed on first use. */
  readonly contentHash: Digest;
  /** SHA-256 of lifecycle and flags. Computed when asked. */
  readonly stateDigest: Digest;
}

/** A field that can not be what it should be. */
export interface ContractFault {
  readonly field: ContractField;
  readonly isMissing: boolean;
  /** The wrong part of the field's value, as a JSON pointer below the field; empty for the value itself. */
  readonly below: string;
  /** Where it stands in the document; the root for a field that has no place of its own. */
  readonly pointer: string;
  readonly found: string;
  readonly expected: string;
}

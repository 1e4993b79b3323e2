import type { Configuration, ContractFields } from '../configuration/configuration.ts';
import { readOnce } from '../document/read-once.ts';
import { contractSetsOf } from './contract-sets-of.ts';
import type { Contract } from './contract.ts';
import { readContract } from './read-contract.ts';

export type FileReading =
  | { readonly kind: 'contract'; readonly contract: Contract; readonly fields: ContractFields }
  | { readonly kind: 'unreadable'; readonly why: string }
  /** No contract set covers it. */
  | null;

/** The contract that a file holds under a configuration. */
export function contractOfFile(configuration: Configuration, { path, bytes }: { readonly path: string; readonly bytes: Uint8Array }): FileReading {
  const [set] = contractSetsOf(configuration, path);
  if (set === undefined) return null;
  const reading = readOnce(bytes, path);
  if (reading.kind === 'problem') return { kind: 'unreadable', why: reading.problem.message };
  const read = readContract(reading.document, set.fields, path);
  if (read.kind === 'contract') return { ...read, fields: set.fields };
  return { kind: 'unreadable', why: read.faults.map(({ found, expected }) => `${found}, expected ${expected}`).join('; ') };
}

import type { Configuration, ContractSet } from '../../domain/configuration/configuration.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { layoutOf } from '../../domain/contract/layout-of.ts';
import { resultSide } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import type { FileSide } from '../../domain/tree.ts';
import { isExcessStanding } from './excess-standing.ts';

/** A governed contract path of the snapshot. */
export interface ContractFile {
  readonly path: string;
  readonly changed: boolean;
  readonly base: FileSide | null;
  /** Its side in R: the base with the changed paths of the head. */
  readonly result: FileSide | null;
  /** The set that says where the fields stand. */
  readonly set: ContractSet;
  /** Whether they stand where the envelope has them, so that the document is its own view. */
  readonly isPlain: boolean;
  /** Versioned as soon as any matching set says so: a further set can only tighten. */
  readonly layout: ContractSet['layout'];
  /** Schemas of all matching sets, each once. */
  readonly schemas: readonly string[];
  /** Required as soon as any matching set says so. */
  readonly signatures: 'required' | 'optional';
  /** It stands there unchanged, with more than is read beside a change. */
  readonly isUnread: boolean;
}

/** All contract files of a snapshot, in the order of their paths. Every round asks for them again. */
export function contractFiles(snapshot: Snapshot, configuration: Configuration): readonly ContractFile[] {
  const known = remembered.get(snapshot);
  if (known?.configuration === configuration) return known.files;
  const governed = snapshot.files.filter((file) => file.roles.includes('contract'));
  const isExcess = isExcessStanding(governed);
  const files = governed.map((file) => ({ ...contractFile(file, configuration), isUnread: isExcess && !file.changed }));
  remembered.set(snapshot, { configuration, files });
  return files;
}

const remembered = new WeakMap<Snapshot, { readonly configuration: Configuration; readonly files: readonly ContractFile[] }>();

function contractFile(file: SnapshotFile, configuration: Configuration): Omit<ContractFile, 'isUnread'> {
  const sets = contractSetsOf(configuration, file.path);
  const [set] = sets;
  // The snapshot was captured with this configuration: a path that no set matches any more is a broken machine.
  if (set === undefined) throw new Error(`Cannot judge ${JSON.stringify(file.path)}: no contract set matches it, expected the one that governs it`);
  const schemas = [...new Set(sets.flatMap((one) => (one.schema === null ? [] : [one.schema])))];
  const signatures = sets.some((one) => one.signatures === 'required') ? 'required' : 'optional';
  return { path: file.path, changed: file.changed, base: file.base, result: resultSide(file), set, isPlain: isPlain(set), layout: layoutOf(sets), schemas, signatures };
}

function isPlain({ fields }: ContractSet): boolean {
  return Object.entries(fields).every(([field, source]) => source.kind === 'pointer' && source.pointer === `/${field}`);
}

import type { ContractSet } from '../../domain/configuration/configuration.ts';
import { bumpEdits } from '../../domain/contract/bump-edits.ts';
import { strictestClass } from '../../domain/contract/change-class.ts';
import type { BumpLevel, ChangeClass } from '../../domain/contract/change-class.ts';
import { classToAnswer } from '../../domain/contract/class-to-answer.ts';
import { contentChanges } from '../../domain/contract/content-changes.ts';
import type { ContentChange } from '../../domain/contract/content-changes.ts';
import { contractPromise } from '../../domain/contract/contract-content.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { nextPaths } from '../../domain/contract/next-path.ts';
import { isSuccessor, versionKey } from '../../domain/contract/version.ts';
import type { DocumentEdit } from '../../domain/document/edit-document.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { pathFrom } from '../check/standing.ts';
import { policyChecksumAt, schemasFor } from './base-facts.ts';
import type { ContractBase } from './contract-base.ts';
import { findPredecessor } from './find-predecessor.ts';
import type { Predecessor } from './find-predecessor.ts';
import { haltedAtBase } from './halted-at-base.ts';
import { readContractFile } from './read-contract-file.ts';
import { isTaken, readWorkingFile, workingFile } from './working-file.ts';
import type { WorkingFile } from './working-file.ts';

export interface BumpPlan {
  readonly kind: 'bump';
  readonly set: ContractSet;
  readonly contract: Contract;
  readonly newest: Predecessor | null;
  readonly version: string;
  readonly edits: readonly DocumentEdit[];
  readonly changes: readonly ContentChange[];
  /** Null where nothing but the envelope changed. */
  readonly changed: ChangeClass | null;
  readonly hasSchema: boolean;
  /** Whether the author chose the version, or how far it rises. */
  readonly isChosen: boolean;
  readonly bytes: Uint8Array;
  readonly from: WorkingFile;
  /** Another file than `from` in versioned paths: there a released file stays as it is. */
  readonly to: WorkingFile;
  /** What `from` gets back when its release goes to another path; null when it stays as it is. */
  readonly restored: Uint8Array | null;
}

export type BumpOutcome =
  | BumpPlan
  | (Pick<BumpPlan, 'set' | 'contract' | 'from' | 'to'> & { readonly kind: 'unchanged'; readonly newest: Predecessor })
  /** Told to the author; nothing is changed. */
  | { readonly kind: 'refused'; readonly lines: readonly string[] };

/** What would make a file the successor of its newest release. */
export async function planBump(base: ContractBase, from: WorkingFile, level: BumpLevel | null): Promise<BumpOutcome> {
  const bytes = await readWorkingFile(from);
  const set = base.setFor(from.path);
  const reading = readContractFile(bytes, from.file, from.path, set);
  if (reading.kind === 'problem') return { kind: 'refused', lines: reading.lines };
  const { contract } = reading;
  const newest = await findPredecessor(base, from, set, contract);
  if (newest !== null && newest.contentHash === contract.contentHash) return { kind: 'unchanged', set, contract, newest, from, to: from };
  if (contract.emergencyFlags.halted) return { kind: 'refused', lines: [`${from.file}: ${contract.contractId} is halted, and only its flags may change. Clear emergencyFlags.halted in a change of its own first.`] };
  const halted = await haltedAtBase(base, from, contract.contractId);
  if (halted !== null) return { kind: 'refused', lines: [`${from.file}: ${contract.contractId} is halted at the base, in ${halted}, and until that ends only its flags may change. Merge a change that clears emergencyFlags.halted there and does nothing else first.`] };
  const released = newest === null ? null : releasedDocument(newest, contract.contractId, set);
  const schemas = await schemasFor(base, from.path);
  const changes = released === null ? [] : contentChanges(contractPromise(released, set.fields), contractPromise(contract.document.value, set.fields), ...schemas);
  const changed = strictestClass(changes.map((one) => one.class));
  const choice = { hasSchema: schemas.length > 0, isChosen: level !== null || (newest !== null && isSuccessor(contract.version, newest.version)) };
  const bump = bumpEdits({
    document: contract.document.value,
    fields: set.fields,
    path: from.path,
    newest: newest === null || released === null ? null : { ...newest, signature: fieldValue(released, set.fields, 'signature', newest.path) },
    changed: classToAnswer({ ...choice, changes }),
    level,
    policyChecksum: await policyChecksumAt(base),
    isActive: await isActive(base, from, contract),
  });
  switch (bump.kind) {
    case 'too-small':
      return { kind: 'refused', lines: [`${from.file}: ${bump.version} says too little of what changes: found a change since ${newest?.version ?? ''} that is ${changed ?? 'cosmetic'}, expected ${bump.needed} or greater. Leave --level out, or ask for more.`, ...changes.slice(0, 20).map((one) => `  ${one.class}  ${one.kind}  ${one.pointer}`)] };
    case 'impossible':
      return { kind: 'refused', lines: [`${from.file}: ${bump.field} can not be set: found ${bump.found}, expected ${bump.expected}. Change \`fields\` of the contract set ${set.name}, or release by hand.`] };
    case 'edits': {
      const place = await placeOf(base, { from, set, version: bump.version });
      return { kind: 'bump', set, contract, newest, version: bump.version, edits: bump.edits, changes, changed, ...choice, bytes, from, ...place };
    }
  }
}

/** What it follows, read as its own path says. */
function releasedDocument({ bytes, path, version, contentHash }: Predecessor, contractId: string, set: ContractSet): JsonValue {
  const reading = readContractFile(bytes, path, path, set);
  if (reading.kind === 'contract' && reading.contract.contentHash === contentHash) return reading.contract.document.value;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read ${JSON.stringify(`${contractId} ${version}`)} as it was released in ${JSON.stringify(path)}: its fields stand elsewhere now, expected them where the configuration says.`);
}

/** The new version can only be active where it takes the place of a released one, and where it stands nowhere yet and is no draft: a state that it has from a copy is another version's. */
async function isActive(base: ContractBase, { path }: WorkingFile, { contractId, key, lifecycle }: Contract): Promise<boolean> {
  const standing = await base.contractAtBase(path);
  const before = standing?.contractId === contractId ? standing : null;
  const isReleased = before !== null && (before.lifecycle !== 'draft' || (await base.releasesOf(contractId)).some((one) => versionKey(one.version) === before.key));
  if (isReleased && base.layoutFor(path) === 'in-place') return true;
  return lifecycle !== 'draft' && (isReleased || before?.key !== key);
}

interface PlaceWanted {
  readonly from: WorkingFile;
  readonly set: ContractSet;
  readonly version: string;
}

/** In versioned paths the content of a released path never changes: its successor goes beside it, and it gets back what it had. */
async function placeOf(base: ContractBase, { from, set, version }: PlaceWanted): Promise<Pick<BumpPlan, 'to' | 'restored'>> {
  const releases = base.layoutFor(from.path) === 'versioned' ? await base.record.releasesAt(base.entry.entry, [from.path]) : [];
  if (releases.length === 0) return { to: from, restored: null };
  const restored = await base.bytesAtBase(from.path);
  for (const path of nextPaths(from.path, version)) {
    const to = await workingFile(base, pathFrom(base.standing.repository, base.standing, path));
    if (!(await isTaken(to)) && base.setsFor(path)[0] === set) return { to, restored };
  }
  throw new Failure('USAGE', `Cannot find a place for ${version} beside ${JSON.stringify(from.file)}: the names for it are taken or not governed, expected a free one. Copy the file to the name that you want, restore this one with git, and bump the copy.`);
}

import type { BumpLevel } from '../../domain/contract/change-class.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { terminalText } from '../../render/escape.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { describeBump } from './describe-bump.ts';
import { planBump } from './plan-bump.ts';
import type { BumpOutcome, BumpPlan } from './plan-bump.ts';
import { readPrivateKey } from './read-private-key.ts';
import { signedDocument } from './signed-document.ts';
import type { SignedDocument } from './signed-document.ts';
import { tellDiverged } from './tell-diverged.ts';
import { tellUnmergedKey } from './tell-unmerged-key.ts';
import type { SignedFile } from './tell-unmerged-key.ts';
import { tellUnsigned } from './tell-unsigned.ts';
import { createFile, replaceFile, workingFile, writableMode } from './working-file.ts';
import type { WorkingFile } from './working-file.ts';

export interface BumpOptions extends BaseOptions {
  readonly level?: BumpLevel;
  readonly sign?: string;
  readonly dryRun?: boolean;
}

/** Every file is looked at before the first one is written: either all of them are bumped, or none. */
export async function bumpContracts(terminal: Terminal, files: readonly string[], options: BumpOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const outcomes = await outcomesOf(base, files, options.level ?? null);
    const refused = [...outcomes.flatMap((one) => (one.kind === 'refused' ? one.lines : [])), ...forks(outcomes)];
    for (const line of refused) terminal.tell(`${terminalText(line)}\n`);
    if (refused.length > 0) {
      terminal.tell('Nothing was changed.\n');
      return exitCodes.deny;
    }
    const key = options.sign === undefined ? null : await readPrivateKey(terminal, options.sign, 'Name a private key with --sign <file>.');
    const written = [];
    for (const outcome of outcomes) if (outcome.kind === 'bump') written.push({ plan: outcome, signed: await resultOf(outcome, key) });
    if (options.dryRun !== true) await writeAll(written.flatMap(({ plan, signed }) => writesOf(plan, signed)));
    for (const outcome of outcomes) if (outcome.kind === 'unchanged') terminal.write(`${terminalText(`${outcome.from.file}: nothing to bump: its content is that of ${outcome.contract.contractId} ${outcome.newest.version}.`)}\n`);
    for (const { plan, signed } of written) terminal.write(describeBump(plan, signed, { paint: terminal.color, isDryRun: options.dryRun === true }));
    const unsigned = written.filter(({ plan, signed }) => needsSignature(base, plan) && signed.kid === null);
    if (key !== null) await tellUnmergedKey(terminal, base, key, written.flatMap(({ plan, signed }) => signedFileOf(plan, signed)));
    await tellUnsigned(terminal, base, unsigned.map(({ plan }) => plan));
    await tellDiverged(terminal, base, outcomes.filter((one) => one.kind !== 'refused'));
    return exitCodes.allow;
  } finally {
    await base.close();
  }
}

async function outcomesOf(base: ContractBase, files: readonly string[], level: BumpLevel | null): Promise<readonly BumpOutcome[]> {
  const outcomes: BumpOutcome[] = [];
  const places = await Promise.all(files.map(async (file) => await workingFile(base, file)));
  for (const place of new Map(places.map((one) => [one.absolute, one])).values()) outcomes.push(await planBump(base, place, level));
  return outcomes;
}

/** Two successors of one release can not both be merged, and a link to what changes with it would be stale. */
function forks(outcomes: readonly BumpOutcome[]): readonly string[] {
  const plans = outcomes.flatMap((one) => (one.kind === 'bump' && one.edits.length > 0 ? [one] : []));
  const groups = [...Map.groupBy(plans, ({ contract }) => contract.contractId)].filter(([, group]) => group.length > 1);
  return groups.map(([contractId, group]) => `${group.map(({ from }) => from.file).join(', ')}: found ${group.length} files of ${contractId}, expected one. Bump one after the other.`);
}

/** The signature is made over the edited content, and takes the place of the stale one. */
async function resultOf({ bytes, from, edits, set }: BumpPlan, key: SigningKey | null): Promise<SignedDocument> {
  if (key === null) return { bytes: edits.length === 0 ? bytes : editDocument(bytes, from.path, edits), kid: null, edits };
  return await signedDocument({ bytes, path: from.path, fields: set.fields, edits }, key);
}

interface Write {
  readonly file: WorkingFile;
  readonly isNew: boolean;
  readonly bytes: Uint8Array;
}

function writesOf({ from, to, restored, bytes }: BumpPlan, signed: SignedDocument): readonly Write[] {
  const isSame = (other: Uint8Array): boolean => Buffer.from(bytes).equals(other);
  const first = to === from && isSame(signed.bytes) ? [] : [{ file: to, isNew: to !== from, bytes: signed.bytes }];
  return restored === null || isSame(restored) ? first : [...first, { file: from, isNew: false, bytes: restored }];
}

async function writeAll(writes: readonly Write[]): Promise<void> {
  for (const { file, isNew } of writes) if (!isNew) await writableMode(file);
  for (const { file, isNew, bytes } of writes) await (isNew ? createFile : replaceFile)(file, bytes);
}

/** A draft is merged with any signature. */
function signedFileOf({ contract, to }: BumpPlan, { kid }: SignedDocument): readonly SignedFile[] {
  return kid === null || contract.lifecycle === 'draft' ? [] : [{ file: to.file, kid }];
}

/** A signature that was not removed may be good: whether it is, the gate says. */
function needsSignature(base: ContractBase, { from, contract, edits, set }: BumpPlan): boolean {
  if (!base.setsFor(from.path).some(({ signatures }) => signatures === 'required') || contract.lifecycle === 'draft') return false;
  const { signature } = set.fields;
  const stays = signature.kind !== 'pointer' || !edits.some(({ pointer }) => pointer === signature.pointer);
  return !(stays && hasSignature(contract, set));
}

function hasSignature({ document, path }: BumpPlan['contract'], { fields }: BumpPlan['set']): boolean {
  return typeof fieldValue(document.value, fields, 'signature', path) === 'string';
}

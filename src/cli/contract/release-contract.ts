import { editOf } from '../../domain/contract/bump-edits.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { terminalText } from '../../render/escape.ts';
import { pathFrom } from '../check/standing.ts';
import { typedHere } from '../check/typed-here.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { allowedFrom, reachedState } from './change-lifecycle.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { describeBump } from './describe-bump.ts';
import { planBump } from './plan-bump.ts';
import type { BumpPlan } from './plan-bump.ts';
import { tellDiverged } from './tell-diverged.ts';
import { tellUnsigned } from './tell-unsigned.ts';
import { isTaken, replaceFile, workingFile } from './working-file.ts';

/** Draft to active. What a release needs and the draft lacks is set first; where nothing lacks, hash and signature stay. */
export async function releaseContract(terminal: Terminal, file: string, options: BaseOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const plan = await planBump(base, await workingFile(base, file), null);
    if (plan.kind === 'refused') return refuse(terminal, plan.lines);
    if (plan.kind === 'unchanged') return refuse(terminal, [`${file}: ${plan.contract.contractId} ${plan.newest.version} was released with this content. A draft of the next version changes something first.`]);
    const objection = await objectionTo(base, plan);
    return objection === null ? await released(terminal, base, plan) : refuse(terminal, [`${file}: ${objection}`]);
  } finally {
    await base.close();
  }
}

async function objectionTo(base: ContractBase, plan: BumpPlan): Promise<string | null> {
  const { contract, version, set, to, from } = plan;
  // A copy of a release is a draft of the version that it will get.
  const state = version === contract.version ? await reachedState(base, contract) : contract.lifecycle;
  if (state !== 'draft') return `${contract.contractId} ${contract.version} is ${state ?? contract.lifecycle}, expected a draft. ${state === null ? 'It is released once it is merged.' : allowedFrom(state)}`;
  if (to !== from) return 'another content was released at this path, and in versioned paths it never changes. Keep the draft in a path of its own.';
  const standing = await standingRelease(base, plan);
  if (standing !== null) return `${contract.contractId} ${standing.version} stands in ${standing.file}, and in place the next version takes its place. ${typedHere(moveOver(from.path, standing.path), base.standing)}`;
  return set.fields.lifecycle.kind === 'pointer' ? null : `lifecycle can not be set: the configuration does not take it from the document. Change \`fields\` of the contract set ${set.name}.`;
}

/** Makes a draft take the place of a release. */
function moveOver(draft: string, release: string): string {
  return `Run \`git mv -f -- ${shellWord(draft)} ${shellWord(release)} && plumbline contract release ${shellWord(release)}\`.`;
}

/** The release that would stand beside this one in place; a retired one may. */
async function standingRelease(base: ContractBase, { contract, from }: BumpPlan): Promise<{ readonly version: string; readonly file: string; readonly path: string } | null> {
  const newest = (await base.releasesOf(contract.contractId)).at(-1);
  if (newest === undefined || newest.lifecycle === 'retired' || newest.path === from.path) return null;
  if ([newest.path, from.path].some((path) => base.layoutFor(path) === 'versioned')) return null;
  const standing = await workingFile(base, pathFrom(base.standing.repository, base.standing, newest.path));
  return (await isTaken(standing)) ? { version: newest.version, file: standing.file, path: standing.path } : null;
}

async function released(terminal: Terminal, base: ContractBase, plan: BumpPlan): Promise<number> {
  const { from, set, bytes, contract } = plan;
  const lifecycle = editOf(set.fields, 'lifecycle', 'active');
  const edits = [...plan.edits.filter(({ pointer }) => pointer !== lifecycle.pointer), lifecycle];
  const written = editDocument(bytes, from.path, edits);
  await replaceFile(from, written);
  terminal.write(describeBump({ ...plan, edits }, { bytes: written, kid: null, edits }, { paint: terminal.color, isDryRun: false }));
  const keepsSignature = typeof fieldValue(contract.document.value, set.fields, 'signature', from.path) === 'string' && !edits.some(({ pointer, value }) => value === undefined && set.fields.signature.kind === 'pointer' && pointer === set.fields.signature.pointer);
  const isRequired = base.setsFor(from.path).some(({ signatures }) => signatures === 'required');
  if (isRequired && !keepsSignature) await tellUnsigned(terminal, base, [plan]);
  await tellDiverged(terminal, base, [plan]);
  return exitCodes.allow;
}

function refuse(terminal: Terminal, lines: readonly string[]): number {
  for (const line of lines) terminal.tell(`${terminalText(line)}\n`);
  terminal.tell('Nothing was changed.\n');
  return exitCodes.deny;
}

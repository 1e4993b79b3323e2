import { editOf } from '../../domain/contract/bump-edits.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { isLifecycle, isTransitionAllowed, transitionsFrom } from '../../domain/contract/lifecycle.ts';
import type { Lifecycle } from '../../domain/contract/lifecycle.ts';
import { furthestOf } from '../../domain/contract/reached-lifecycle.ts';
import { versionKey } from '../../domain/contract/version.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import { terminalText } from '../../render/escape.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { readContractFile } from './read-contract-file.ts';
import { readWorkingFile, replaceFile, workingFile } from './working-file.ts';

/** Sets the state and nothing else: content, hash and signature stay. */
export async function changeLifecycle(terminal: Terminal, file: string, to: Lifecycle, options: BaseOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const place = await workingFile(base, file);
    const content = await readWorkingFile(place);
    const set = base.setFor(place.path);
    const reading = readContractFile(content, file, place.path, set);
    if (reading.kind === 'problem') return refuse(terminal, reading.lines);
    const { contract, bytes } = reading;
    const name = `${contract.contractId} ${contract.version}`;
    if (contract.lifecycle === to) {
      terminal.write(`${terminalText(`${file}: ${name} is ${to} already.`)}\n`);
      return exitCodes.allow;
    }
    const from = await reachedState(base, contract);
    if (from === null) return refuse(terminal, [`${file}: ${name} is not released on ${base.base.branch} yet, so it can not become ${to}. Merge it first.`]);
    if (!isTransitionAllowed(from, to)) return refuse(terminal, [`${file}: ${name} is ${from} and can not become ${to}. ${allowedFrom(from)}`]);
    if (set.fields.lifecycle.kind !== 'pointer') return refuse(terminal, [`${file}: lifecycle can not be set: the configuration does not take it from the document. Change \`fields\` of the contract set ${set.name}.`]);
    await replaceFile(place, editDocument(bytes, place.path, [editOf(set.fields, 'lifecycle', to)]));
    terminal.write(`${terminal.color.bold(terminalText(file))}: ${terminalText(`${name} ${contract.lifecycle} → ${to}`)}\n`);
    return exitCodes.allow;
  } finally {
    await base.close();
  }
}

/** The furthest that the file and the record have this version in: a state that was left never comes back. Null: no draft, and released nowhere. */
export async function reachedState(base: ContractBase, { contractId, key, lifecycle }: Contract): Promise<Lifecycle | null> {
  const release = (await base.releasesOf(contractId)).find((one) => versionKey(one.version) === key);
  if (release === undefined) return lifecycle === 'draft' ? lifecycle : null;
  const reached = furthestOf(lifecycle, release.lifecycle);
  return isLifecycle(reached) ? reached : lifecycle;
}

export function allowedFrom(from: Lifecycle): string {
  const next = transitionsFrom(from);
  return next.length === 0 ? 'Nothing follows it.' : `Allowed is: ${next.join(' or ')}.`;
}

function refuse(terminal: Terminal, lines: readonly string[]): number {
  for (const line of lines) terminal.tell(`${terminalText(line)}\n`);
  terminal.tell('Nothing was changed.\n');
  return exitCodes.deny;
}

import { editOf } from '../../contract/bump-edits.ts';
import type { Contract } from '../../contract/contract.ts';
import { fieldPointer } from '../../contract/contract-field.ts';
import { isLifecycle, isTransitionAllowed, transitionsFrom } from '../../contract/lifecycle.ts';
import { furthestOf } from '../../contract/reached-lifecycle.ts';
import type { DocumentEdit } from '../../document/edit-document.ts';
import { editedText } from '../../document/edited-text.ts';
import { pointerBelow } from '../../document/pointer.ts';
import { quoted } from '../../finding.ts';
import type { ContractFact } from '../playbook-facts.ts';
import type { FileStep } from '../playbook-step.ts';
import { demandContract, releaseOf } from '../standing-contract.ts';
import { contractFact, textAt, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';

type SetStep = Extract<FileStep, { kind: 'set-contract-field' }>;

/** One field of a contract's state, or its key. What has the value already stays as it is. */
export function setContractField(world: StepWorld, step: SetStep, path: string): Writing {
  const fact = contractFact(world.facts, path);
  const text = textAt(world, path);
  const contract = demandContract(text, path, fact);
  const edit = editFor(step, { value: valueFor(world, step, path), fact, contract, path });
  if (edit === null) return new Map();
  return writing(world, path, editedText(text, path, [edit]));
}

function valueFor({ facts }: StepWorld, { field, value }: SetStep, path: string): string | boolean {
  const expected = value ?? facts.drift.differences.find((one) => one.path === path && one.name === field)?.expected ?? null;
  if (typeof expected === 'string' || typeof expected === 'boolean') return expected;
  throw refusing({ kind: 'content', path, found: `no value for ${field}`, expected: 'one in the step, or a drift that expects one', next: 'State `value` in the step.' });
}

interface Setting {
  readonly value: string | boolean;
  readonly fact: ContractFact;
  readonly contract: Contract;
  readonly path: string;
}

function editFor({ field }: SetStep, { value, fact, contract, path }: Setting): DocumentEdit | null {
  const [name, flag] = field.split('.');
  const place = name === 'lifecycle' || name === 'emergencyFlags' ? name : 'kmsKeyRef';
  if (fact.fields[place].kind !== 'pointer') throw refusing({ kind: 'contract', path, found: `${place} fixed by \`fields\` of the configuration`, expected: 'a field that stands in the document', next: 'Change `fields` of the contract set.' });
  if (place === 'lifecycle') return lifecycleEdit(value, fact, contract, path);
  const edit = editOf(fact.fields, place, value);
  return flag === undefined ? edit : { pointer: pointerBelow(fieldPointer(fact.fields, place), flag), value };
}

/** A state that was left never comes back, whatever the file says now. */
function lifecycleEdit(value: string | boolean, fact: ContractFact, contract: Contract, path: string): DocumentEdit | null {
  const reached = furthestOf(contract.lifecycle, releaseOf(contract, path, fact)?.lifecycle ?? '');
  const from = isLifecycle(reached) ? reached : contract.lifecycle;
  if (isLifecycle(value) && isTransitionAllowed(from, value)) return from === value && contract.lifecycle === value ? null : editOf(fact.fields, 'lifecycle', value);
  const next = transitionsFrom(from);
  throw refusing({ kind: 'contract', path, found: `${contract.contractId} ${contract.version}, which is ${from}`, expected: `a state from which it may become ${quoted(String(value))}`, next: next.length === 0 ? 'Nothing follows that state.' : `Allowed is: ${next.join(' or ')}.` });
}

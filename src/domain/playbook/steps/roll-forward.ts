import { editOf } from '../../contract/bump-edits.ts';
import { fieldValue } from '../../contract/contract-field.ts';
import type { Contract } from '../../contract/contract.ts';
import { isTransitionAllowed } from '../../contract/lifecycle.ts';
import { editedText } from '../../document/edited-text.ts';
import { demandChangeable } from '../demand-changeable.ts';
import { namedCommit } from '../named-commit.ts';
import { writeNextVersion } from '../next-version.ts';
import type { ContractFact } from '../playbook-facts.ts';
import type { FileStep } from '../playbook-step.ts';
import { contractIn, demandContract, demandReleased, isAsReleased, releaseOf, releasesOf } from '../standing-contract.ts';
import { commitFact, contractFact, contractFactOrNull, fileAt, textAt, textOf, writing } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';
import { revertChange } from './revert-commit.ts';

/** A higher version with an earlier content: what was released stays released, and nobody's link breaks. */
export function rollForward(world: StepWorld, { to }: Extract<FileStep, { kind: 'roll-forward' }>, path: string): Writing {
  return to === 'previous-release' ? toPreviousRelease(world, path) : toBeforeCommit(world, path);
}

function toPreviousRelease(world: StepWorld, path: string): Writing {
  const fact = contractFact(world.facts, path);
  const standing = demandContract(textAt(world, path), path, fact);
  demandChangeable(standing, path);
  const [earlier, newest] = releasesOf(standing, fact).slice(-2);
  if (earlier === undefined || newest === undefined) throw refusing({ kind: 'contract', path, found: `no release of ${standing.contractId} before the newest one`, expected: 'two releases', next: 'There is nothing to go back to: halt the contract instead.' });
  if (!isAsReleased(standing, newest)) throw refusing({ kind: 'contract', path, found: `another content than that of ${newest.contractId} ${newest.version}`, expected: 'the newest release', next: 'Restore it first: the playbook restore-contract does.' });
  return withContent(world, { path, fact, text: earlier.text, contract: demandReleased(earlier, fact), standing });
}

/** What a commit brought goes: content as a higher version, state by the transitions that there are, and what is no contract as it was. */
function toBeforeCommit(world: StepWorld, path: string): Writing {
  const change = commitFact(world.facts, namedCommit(world.facts.drift, null)).files.find((one) => one.path === path);
  if (change === undefined) throw refusing({ kind: 'commit', path, found: 'a path that the commit did not change', expected: 'one that it did', next: 'Name a path of the commit.' });
  const fact = contractFactOrNull(world.facts, path);
  const before = textOf(change.before, path);
  if (fact !== null && before === null && releaseOf(null, path, fact) !== null) throw refusing({ kind: 'contract', path, found: 'a released contract that the commit brought back', expected: 'one that stood there before', next: 'What was released is not taken away: deprecate and retire it instead.' });
  const now = fileAt(world, path);
  const standing = fact === null || now === null ? null : contractIn(now.text, path, fact);
  const contract = fact === null || before === null ? null : contractIn(before.text, path, fact);
  if (fact === null || before === null || standing === null || contract === null) return revertChange(world, change);
  if (standing.contentHash === contract.contentHash) return stateBack(world, { path, fact, text: textAt(world, path), contract, standing });
  demandChangeable(standing, path);
  return withContent(world, { path, fact, text: before.text, contract, standing });
}

interface Back {
  readonly path: string;
  readonly fact: ContractFact;
  readonly text: string;
  /** What it becomes again. */
  readonly contract: Contract;
  /** What it is now. */
  readonly standing: Contract;
}

/** The flags stay those of now. */
function withContent(world: StepWorld, { path, fact, text, contract, standing }: Back): Writing {
  const flags = fieldValue(standing.document.value, fact.fields, 'emergencyFlags', path);
  const beside = fact.fields.emergencyFlags.kind === 'pointer' ? [editOf(fact.fields, 'emergencyFlags', flags)] : [];
  return writeNextVersion(world, { path, fact, text, contract, level: null, beside });
}

function stateBack(world: StepWorld, { path, fact, text, contract, standing }: Back): Writing {
  const reached = releaseOf(standing, path, fact)?.lifecycle ?? standing.lifecycle;
  if (!isTransitionAllowed(standing.lifecycle, contract.lifecycle)) throw refusing({ kind: 'contract', path, found: `${standing.contractId} ${standing.version}, which is ${reached}`, expected: `a state from which it may become ${contract.lifecycle}`, next: 'A state that was left never comes back: release a new version instead.' });
  const flags = fieldValue(contract.document.value, fact.fields, 'emergencyFlags', path);
  const edits = [editOf(fact.fields, 'lifecycle', contract.lifecycle), editOf(fact.fields, 'emergencyFlags', flags)].filter((_, index) => fact.fields[index === 0 ? 'lifecycle' : 'emergencyFlags'].kind === 'pointer');
  return writing(world, path, editedText(text, path, edits));
}

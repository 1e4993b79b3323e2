import type { Contract } from '../contract/contract.ts';
import { driftedPaths } from './measured-drift.ts';
import type { Precondition } from './playbook.ts';
import { contractIn, isAsReleased, releaseOf } from './standing-contract.ts';
import { contractFact, fileAt } from './step-world.ts';
import type { StepWorld } from './step-world.ts';
import { refusing } from './unplannable.ts';

/** @throws Unplannable with the first one that does not hold. */
export function demandPreconditions(world: StepWorld, preconditions: readonly Precondition[]): void {
  for (const precondition of preconditions) {
    const paths = precondition.path === null ? driftedPaths(world.facts.drift) : [precondition.path];
    if (paths.length === 0) throw refusing({ kind: 'precondition', path: null, found: 'a drift of no file', expected: `a path at which \`${precondition.kind}\` holds`, next: 'State its `path` in the playbook.' });
    for (const path of paths) demandAt(world, precondition, path);
  }
}

function demandAt(world: StepWorld, precondition: Precondition, path: string): void {
  const found = objectionAt(world, precondition, path);
  if (found !== null) throw refusing({ kind: 'precondition', path, found, expected: expectedBy(precondition), next: 'The drift is told, and nothing is changed.' });
}

/** What was found instead; null where it holds. */
function objectionAt(world: StepWorld, precondition: Precondition, path: string): string | null {
  const file = fileAt(world, path);
  switch (precondition.kind) {
    case 'file-exists':
      return file === null ? 'no file' : null;
    case 'file-missing':
      return file === null ? null : 'a file';
    case 'contract-released':
      return releaseOf(null, path, contractFact(world.facts, path)) === null && releaseAt(world, path) === null ? 'no release of it' : null;
    case 'contract-diverged':
      return isDiverged(world, path) ? null : 'the content that was released';
    case 'contract-standing':
      return isDiverged(world, path) ? 'another content than was released' : null;
    case 'contract-halted':
      return contractAt(world, path)?.emergencyFlags.halted === true ? null : 'one that is not halted';
    case 'contract-not-halted':
      return contractAt(world, path)?.emergencyFlags.halted === false ? null : 'one that is halted, or can not be read';
    case 'contract-lifecycle': {
      const lifecycle = contractAt(world, path)?.lifecycle ?? null;
      return lifecycle !== null && precondition.in.includes(lifecycle) ? null : lifecycle === null ? 'a contract that can not be read' : `one that is ${lifecycle}`;
    }
  }
}

function contractAt(world: StepWorld, path: string): Contract | null {
  const fact = contractFact(world.facts, path);
  const file = fileAt(world, path);
  return file === null ? null : contractIn(file.text, path, fact);
}

function releaseAt(world: StepWorld, path: string): object | null {
  const contract = contractAt(world, path);
  return contract === null ? null : releaseOf(contract, path, contractFact(world.facts, path));
}

/** What is gone, what no contract can be read from, and another contract in its place are not what was released at a path either. */
function isDiverged(world: StepWorld, path: string): boolean {
  const fact = contractFact(world.facts, path);
  const contract = contractAt(world, path);
  const release = releaseOf(contract, path, fact);
  if (contract !== null && release !== null) return !isAsReleased(contract, release);
  const last = releaseOf(null, path, fact);
  return last !== null && last.contractId !== contract?.contractId;
}

function expectedBy(precondition: Precondition): string {
  switch (precondition.kind) {
    case 'file-exists':
      return 'a file';
    case 'file-missing':
      return 'no file';
    case 'contract-released':
      return 'a contract that was released';
    case 'contract-diverged':
      return 'a contract whose content is not what was released';
    case 'contract-standing':
      return 'a contract as it was released';
    case 'contract-halted':
      return 'a contract that is halted';
    case 'contract-not-halted':
      return 'a contract that is not halted';
    case 'contract-lifecycle':
      return `a contract that is ${precondition.in.join(' or ')}`;
  }
}

import type { FileStep } from '../playbook-step.ts';
import { writeNextVersion } from '../next-version.ts';
import { demandChangeable } from '../demand-changeable.ts';
import { demandContract, isAsReleased, releasesOf } from '../standing-contract.ts';
import { contractFact, textAt } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';

/** What a contract has by now becomes its next version: version, link and checksum are set, and a stale signature goes. */
export function bumpContract(world: StepWorld, { level }: Extract<FileStep, { kind: 'bump-contract' }>, path: string): Writing {
  const fact = contractFact(world.facts, path);
  const text = textAt(world, path);
  const contract = demandContract(text, path, fact);
  demandChangeable(contract, path);
  const newest = releasesOf(contract, fact).at(-1);
  if (level === null && newest !== undefined && isAsReleased(contract, newest)) return new Map();
  return writeNextVersion(world, { path, fact, text, contract, level });
}

import type { FileStep } from './playbook-step.ts';
import { demandWritable } from './step-world.ts';
import type { StepWorld, Writing } from './step-world.ts';
import { bumpContract } from './steps/bump-contract.ts';
import { pinDependency } from './steps/pin-dependency.ts';
import { restoreFile } from './steps/restore-file.ts';
import { revertCommit } from './steps/revert-commit.ts';
import { rollForward } from './steps/roll-forward.ts';
import { setContractField } from './steps/set-contract-field.ts';
import { updateBaseline } from './steps/update-baseline.ts';
import { writeFile } from './steps/write-file.ts';
import { driftedPaths } from './measured-drift.ts';
import { refusing } from './unplannable.ts';

/** Everything that is written once a step was taken, at each of its paths. @throws Unplannable */
export function takeStep(world: StepWorld, step: FileStep): Writing {
  if (step.kind === 'update-baseline') return merged(world, updateBaseline(world));
  if (step.kind === 'revert-commit') return merged(world, revertCommit(world, step));
  return pathsOf(world, step).reduce((written, path) => merged({ ...world, written }, atPath({ ...world, written }, step, path)), world.written);
}

type PathStep = Exclude<FileStep, { kind: 'update-baseline' | 'revert-commit' }>;

function atPath(world: StepWorld, step: PathStep, path: string): Writing {
  demandWritable(world.facts, path);
  switch (step.kind) {
    case 'restore-file':
      return restoreFile(world, step, path);
    case 'write-file':
      return writeFile(world, step, path);
    case 'set-contract-field':
      return setContractField(world, step, path);
    case 'bump-contract':
      return bumpContract(world, step, path);
    case 'roll-forward':
      return rollForward(world, step, path);
    case 'pin-dependency':
      return pinDependency(world, step, path);
  }
}

function pathsOf({ facts }: StepWorld, { path }: PathStep): readonly string[] {
  const paths = path === null ? driftedPaths(facts.drift) : [path];
  if (paths.length === 0) throw refusing({ kind: 'path', path: null, found: 'a drift of no file', expected: 'a path in the step or in the drift', next: 'State `path` in the step.' });
  return paths;
}

function merged({ written }: StepWorld, more: Writing): Writing {
  return new Map([...written, ...more]);
}

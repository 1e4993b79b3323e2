import { namedCommit } from '../named-commit.ts';
import type { CommittedChange } from '../playbook-facts.ts';
import type { FileStep } from '../playbook-step.ts';
import { commitFact, demandWritable, fileAt, textOf } from '../step-world.ts';
import type { StepWorld, Writing } from '../step-world.ts';
import { refusing } from '../unplannable.ts';

/** What a commit changed gets back what it had, where nothing changed it since: what others did later is never undone. */
export function revertCommit(world: StepWorld, { commit }: Extract<FileStep, { kind: 'revert-commit' }>): Writing {
  const { files } = commitFact(world.facts, namedCommit(world.facts.drift, commit));
  return new Map(files.flatMap((change) => [...revertChange(world, change)]));
}

export function revertChange(world: StepWorld, { path, before, after }: CommittedChange): Writing {
  demandWritable(world.facts, path);
  const [was, became, now] = [textOf(before, path), textOf(after, path), fileAt(world, path)];
  if (now?.text !== became?.text) throw refusing({ kind: 'commit', path, found: 'a file that changed again since', expected: 'what the commit left', next: 'Undo it by hand: what came later would be lost.' });
  return new Map([[path, was === null ? { text: null, mode: now?.mode ?? '100644' } : { text: was.text, mode: was.mode }]]);
}

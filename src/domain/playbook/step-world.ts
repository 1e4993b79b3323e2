import type { PlainFileMode, Sha } from '../tree.ts';
import { objectionToPath } from './objection-to-path.ts';
import type { CommitFact, ContractFact, FileFact, PlaybookFacts } from './playbook-facts.ts';
import { refusing, unread } from './unplannable.ts';

/** What a step sees: the facts, and what the steps before it wrote. */
export interface StepWorld {
  readonly facts: PlaybookFacts;
  readonly written: ReadonlyMap<string, WrittenFile>;
}

/** A whole file; `text: null`: it goes. */
export interface WrittenFile {
  readonly text: string | null;
  readonly mode: PlainFileMode;
}

/** What a step leaves, by path. */
export type Writing = ReadonlyMap<string, WrittenFile>;

/** What a path has by now; null: no file. @throws Unplannable for what is no text file, or was not read. */
export function fileAt(world: StepWorld, path: string): { readonly text: string; readonly mode: WrittenFile['mode'] } | null {
  const written = world.written.get(path);
  if (written !== undefined) return written.text === null ? null : { text: written.text, mode: written.mode };
  return textOf(baseFile(world.facts, path), path);
}

/** As `fileAt`, where there has to be one. */
export function textAt(world: StepWorld, path: string): string {
  const file = fileAt(world, path);
  if (file === null) throw refusing({ kind: 'content', path, found: 'no file', expected: 'one', next: 'Name the path of a file that the branch has.' });
  return file.text;
}

/** A whole text in place of what a path has, with the mode that it has. @throws Unplannable where nothing may be written. */
export function writing(world: StepWorld, path: string, text: string | null): Writing {
  const before = fileAt(world, path);
  return new Map([[path, { text, mode: before?.mode ?? '100644' }]]);
}

/** @throws Unplannable where our App must not write. */
export function demandWritable({ mayWriteWorkflows }: PlaybookFacts, path: string): void {
  const objection = objectionToPath(path, { mayWriteWorkflows });
  if (objection !== null) throw refusing({ kind: 'path', path, ...objection, next: 'Change it by hand.' });
}

export function baseFile({ files }: PlaybookFacts, path: string): FileFact {
  const found = files.get(path);
  if (found === undefined) throw unread({ kind: 'file', path });
  return found;
}

export function templateText({ templates }: PlaybookFacts, template: string): { readonly text: string; readonly mode: WrittenFile['mode'] } {
  const found = templates.get(template);
  if (found === undefined) throw unread({ kind: 'template', template });
  const file = textOf(found, template);
  if (file === null) throw refusing({ kind: 'content', path: template, found: 'no template', expected: 'the file that others are managed by', next: 'Correct the name of the template in the behaviour.' });
  return file;
}

/** @throws Unplannable where no contract set governs the path. */
export function contractFact(facts: PlaybookFacts, path: string): ContractFact {
  const found = contractFactOrNull(facts, path);
  if (found === null) throw refusing({ kind: 'contract', path, found: 'a path that no contract set covers', expected: 'a contract', next: 'Name a contract, or cover the path in `contracts` of the configuration.' });
  return found;
}

export function contractFactOrNull({ contracts }: PlaybookFacts, path: string): ContractFact | null {
  const found = contracts.get(path);
  if (found === undefined) throw unread({ kind: 'contract', path });
  return found;
}

export function commitFact({ commits }: PlaybookFacts, commit: Sha): Extract<CommitFact, { readonly kind: 'changes' }> {
  const found = commits.get(commit);
  if (found === undefined) throw unread({ kind: 'commit', commit });
  if (found.kind === 'changes') return found;
  throw refusing({ kind: 'commit', path: null, found: `no commit ${commit.slice(0, 12)} with a parent on the branch`, expected: 'a commit that the branch has', next: 'Name a commit of the branch.' });
}

export function textOf(fact: FileFact, path: string): { readonly text: string; readonly mode: WrittenFile['mode'] } | null {
  switch (fact.kind) {
    case 'file':
      return fact;
    case 'absent':
      return null;
    case 'other':
      throw refusing({ kind: 'content', path, found: fact.what, expected: 'a text file', next: 'Change it by hand.' });
  }
}

import { bytesOfText } from '../document/edited-text.ts';
import { Failure } from '../failure.ts';
import { limits } from '../limits.ts';
import { isTriggeredBy } from './choose-playbook.ts';
import { demandPreconditions } from './demand-preconditions.ts';
import { driftedPaths } from './measured-drift.ts';
import { missingFacts } from './first-facts.ts';
import type { Plan, PlannedFile, PlannedIssue, Planning } from './plan.ts';
import { planDigest } from './plan-digest.ts';
import type { Playbook } from './playbook.ts';
import type { FileStep, PlaybookStep } from './playbook-step.ts';
import type { PlaybookFacts } from './playbook-facts.ts';
import { baseFile, demandWritable, textOf } from './step-world.ts';
import type { StepWorld, Writing } from './step-world.ts';
import { takeStep } from './take-step.ts';
import { Unplannable, refusing, unread } from './unplannable.ts';
import { unsignedContracts } from './unsigned-contracts.ts';

/**
 * What a playbook makes of a drift: a pure function of the two. Where a fact is missing it says which, and is asked again with
 * it. A plan is never partial: a step that can not be taken, a bound that is passed, a path that must not be written refuse all of it.
 */
export function planOf(playbook: Playbook, facts: PlaybookFacts): Planning {
  try {
    return { kind: 'plan', plan: planned(playbook, facts) };
  } catch (thrown) {
    if (thrown instanceof Unplannable) return thrown.planning;
    if (!(thrown instanceof Failure) || thrown.code !== 'EDIT_FAILED') throw thrown;
    return { kind: 'refused', refusal: { kind: 'content', path: null, found: thrown.message, expected: 'a document that can be changed in this place alone', next: 'Change it by hand.' } };
  }
}

function planned(playbook: Playbook, facts: PlaybookFacts): Plan {
  const { drift } = facts;
  if (!isTriggeredBy(playbook.trigger, drift)) throw refusing({ kind: 'trigger', path: null, found: `a drift of the class ${drift.observed}`, expected: `one of ${[...playbook.trigger.codes, ...playbook.trigger.classes].join(', ')}`, next: 'Name a playbook that is for such drifts.' });
  // What a measurement names is not even read where nothing may ever be written.
  for (const path of driftedPaths(drift)) demandWritable({ ...facts, mayWriteWorkflows: true }, path);
  const missing = missingFacts(playbook, facts);
  if (missing.length > 0) throw unread(...missing);
  demandPreconditions({ facts, written: new Map() }, playbook.preconditions);
  const { steps, bounds, rollback, id, version } = playbook;
  const written = steps.reduce<Writing>((before, step) => (isFileStep(step) ? takeStep({ facts, written: before }, step) : before), new Map());
  const files = changedFiles(facts, written);
  for (const { path } of files) demandWritable(facts, path);
  const issue = issueOf(steps, { facts, written });
  if (files.length === 0 && issue === null) throw refusing({ kind: 'nothing', path: null, found: 'everything as it would become', expected: 'something to change', next: 'Nothing has to be done.' });
  demandBounds(files, bounds.maxFiles);
  const notices = steps.flatMap((step) => (step.kind === 'notify' ? noticeOf(step.to, step.text, drift.owner) : []));
  const unsigned = unsignedContracts(facts, [...files, ...(issue?.files ?? [])]);
  return { playbook: { id, version }, steps, files, issue, notices, unsigned, bounds, rollback, digest: planDigest(files, issue) };
}

function isFileStep(step: PlaybookStep): step is FileStep {
  return step.kind !== 'open-issue' && step.kind !== 'notify';
}

/** In the order of their paths, without what is as it was. */
function changedFiles(facts: PlaybookFacts, written: Writing): readonly PlannedFile[] {
  const files = [...written].map(([path, { text, mode }]) => ({ path, text, mode, before: textOf(baseFile(facts, path), path) }));
  return files
    .filter(({ text, mode, before }) => text !== (before?.text ?? null) || (before !== null && text !== null && before.mode !== mode))
    .map((one) => ({ ...one, before: one.before?.text ?? null }))
    .toSorted((a, b) => Number(a.path > b.path) - Number(a.path < b.path));
}

/** What it shows is planned on top of what is written, and written nowhere. */
function issueOf(steps: readonly PlaybookStep[], { facts, written }: StepWorld): PlannedIssue | null {
  const step = steps.find((one) => one.kind === 'open-issue');
  if (step === undefined) return null;
  const shownFacts = { ...facts, mayWriteWorkflows: true };
  const shown = step.shows.reduce<Writing>((before, one) => takeStep({ facts: shownFacts, written: before }, one), written);
  const files = changedFiles(facts, new Map([...shown].filter(([path, file]) => written.get(path) !== file)));
  if (step.shows.length > 0 && files.length === 0) return null;
  return { title: step.title, text: step.text, target: facts.drift.target, differences: facts.drift.differences, files };
}

function noticeOf(to: string, text: string, owner: string | null): Plan['notices'] {
  const person = to === 'owner' ? owner : to;
  return person === null ? [] : [{ to: person, text }];
}

function demandBounds(files: readonly PlannedFile[], most: number): void {
  if (files.length > most) throw refusing({ kind: 'bounds', path: null, found: `${files.length} files to change`, expected: `at most ${most}, as \`bounds.maxFiles\` says`, next: 'Change them by hand, or in parts.' });
  const bytes = files.reduce((sum, { text }) => sum + (text === null ? 0 : bytesOfText(text).byteLength), 0);
  if (bytes > limits.plannedBytes) throw refusing({ kind: 'bounds', path: null, found: `${bytes} bytes to write`, expected: `at most ${limits.plannedBytes}`, next: 'Change them by hand, or in parts.' });
}


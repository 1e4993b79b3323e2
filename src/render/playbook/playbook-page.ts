import type { SourcedPlaybook } from '../../domain/playbook/collect-playbooks.ts';
import { rollbackBeforeMerge } from '../../domain/playbook/plan-rollback.ts';
import { mayMergeByItself } from '../../domain/playbook/playbook.ts';
import type { Playbook, Precondition, Rollback } from '../../domain/playbook/playbook.ts';
import type { PauseWindow } from '../../domain/scan/pause-window.ts';
import type { PlaybookStep } from '../../domain/playbook/playbook-step.ts';
import { count } from '../count.ts';
import { inertJson, terminalText } from '../escape.ts';
import type { Paint } from '../format-options.ts';
import { triggeredBy } from './playbook-list.ts';

/** Everything that a playbook says, its rollback included. */
export function playbookPagePretty({ playbook, path, isBuiltin }: SourcedPlaybook, color: Paint): string {
  const { id, version, title, description, category, tier, trigger, preconditions, steps, bounds, verification, docs, tests } = playbook;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['category', [category]],
    ['source', [isBuiltin ? 'built-in' : path]],
    ['tier', [`${tier}, ${mayMergeByItself(playbook) ? 'may merge by itself where the configuration says `auto`' : 'never merges by itself'}`]],
    ['trigger', [...trigger.codes, ...trigger.classes]],
    ['triggered by', [triggeredBy(trigger)]],
    ['preconditions', preconditions.length === 0 ? ['none'] : preconditions.map(preconditionWords)],
    ['steps', steps.flatMap((step, index) => stepWords(step).map((line, at) => (at === 0 ? `${index + 1}. ${line}` : `   ${line}`)))],
    ['bounds', [`${count(bounds.maxFiles, 'file')}, ${bounds.maxRepositories} ${bounds.maxRepositories === 1 ? 'repository' : 'repositories'} in one scan`, ...bounds.pauseWindows.map((window) => `not ${windowWords(window)}`)]],
    ['verification', [`${verification.probe === 'behavior' ? 'the behaviour is measured again' : 'the finding is looked for again'}, within ${duration(verification.window)} of the merge`]],
    ['rollback', rollbackWords(playbook)],
    ['tests', [count(tests.length, 'test')]],
    ['docs', [docs]],
  ];
  const told = rows.flatMap(([name, lines]) => lines.map((line, index) => `  ${color.dim((index === 0 ? name : '').padEnd(14))} ${terminalText(line)}`));
  return [`${color.bold(terminalText(`${id} ${version}`))}  ${terminalText(title)}`, '', terminalText(description), '', ...told].join('\n').concat('\n');
}

export function playbookPageJson({ playbook, path, isBuiltin }: SourcedPlaybook): string {
  const { tests, ...rest } = playbook;
  return `${inertJson({ version: 1, playbook: { ...rest, tests: tests.map(({ name }) => name) }, mayMergeByItself: mayMergeByItself(playbook), rollbackBeforeMerge, source: isBuiltin ? 'built-in' : path })}\n`;
}

/** How a remediation within these bounds is undone, before and after its merge. */
export function rollbackWords({ rollback, bounds }: Pick<Playbook, 'rollback' | 'bounds'>): readonly string[] {
  if (bounds.maxFiles === 0) return ['Nothing is written that could be undone. Whoever does not want the issue closes it.'];
  return [`before the merge: ${rollbackBeforeMerge}`, `after the merge: ${afterMerge(rollback)}`];
}

function afterMerge(rollback: Rollback): string {
  switch (rollback.kind) {
    case 'revert':
      return 'A pull request gives each file back what it had, where nothing changed it since.';
    case 'roll-forward':
      return 'A pull request releases the earlier content as a higher version, or sets the state back.';
    case 'none':
      return `It can not be undone: ${rollback.reason}`;
  }
}

function preconditionWords(precondition: Precondition): string {
  const states = precondition.kind === 'contract-lifecycle' ? ` (${precondition.in.join(', ')})` : '';
  return `${precondition.kind}${states} at ${precondition.path ?? 'each path that drifted'}`;
}

function stepWords(step: PlaybookStep): readonly string[] {
  switch (step.kind) {
    case 'open-issue':
      return [`open-issue "${step.title}"`, ...step.shows.flatMap((shown) => stepWords(shown)).map((line) => `shows, and does not write: ${line}`)];
    case 'notify':
      return [`notify ${step.to}: ${step.text}`];
    case 'update-baseline':
      return ['update-baseline of each metric that drifted'];
    case 'revert-commit':
      return [`revert-commit ${step.commit ?? 'that the drift found'}`];
    case 'restore-file':
      return [`restore-file from its ${step.from} at ${placeOf(step.path)}`];
    case 'write-file':
      return [`write-file ${step.content.kind === 'text' ? 'with its text' : 'without ended waivers'} at ${placeOf(step.path)}`];
    case 'set-contract-field':
      return [`set-contract-field ${step.field} to ${step.value === null ? 'what the drift expects' : JSON.stringify(step.value)} at ${placeOf(step.path)}`];
    case 'bump-contract':
      return [`bump-contract${step.level === null ? '' : ` by a ${step.level} version`} at ${placeOf(step.path)}`];
    case 'roll-forward':
      return [`roll-forward to the content of the release before at ${placeOf(step.path)}`];
    case 'pin-dependency':
      return [`pin-dependency to ${step.to === 'none' ? 'nothing: the package goes' : 'one version'} at ${placeOf(step.path)}`];
  }
}

function placeOf(path: string | null): string {
  return path ?? 'each path that drifted';
}

function windowWords(window: PauseWindow): string {
  return window.kind === 'between' ? `from ${window.from} to ${window.to}` : `for ${duration(window.duration)} from each "${window.start}" (UTC)`;
}

const units = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1_000]] as const;

function duration(milliseconds: number): string {
  const [unit, size] = units.find(([, one]) => milliseconds % one === 0) ?? ['s', 1_000];
  return `${milliseconds / size}${unit}`;
}

import { driftedPaths } from './measured-drift.ts';
import type { MeasuredDrift } from './measured-drift.ts';
import type { Playbook } from './playbook.ts';
import type { FileStep, PlaybookStep } from './playbook-step.ts';
import type { FactRequest, PlaybookFacts } from './playbook-facts.ts';

const contractSteps: ReadonlySet<PlaybookStep['kind']> = new Set<PlaybookStep['kind']>(['set-contract-field', 'bump-contract', 'roll-forward']);

/** What every plan by a playbook needs of the drift's paths, asked in one go; what only some need is asked when it is. */
export function missingFacts({ steps, preconditions }: Pick<Playbook, 'steps' | 'preconditions'>, facts: PlaybookFacts): readonly FactRequest[] {
  const { drift, files, templates, contracts } = facts;
  const fileSteps = steps.flatMap((step): readonly FileStep[] => (step.kind === 'open-issue' ? step.shows : step.kind === 'notify' ? [] : [step]));
  const plain = [...fileSteps.flatMap((step) => pathsOf(step, drift)), ...preconditions.flatMap(({ path }) => (path === null ? driftedPaths(drift) : [path]))];
  const governed = [
    ...fileSteps.filter((step) => contractSteps.has(step.kind) || (step.kind === 'restore-file' && step.from === 'release')).flatMap((step) => pathsOf(step, drift)),
    ...preconditions.filter(({ kind }) => kind.startsWith('contract-')).flatMap(({ path }) => (path === null ? driftedPaths(drift) : [path])),
  ];
  const managed = fileSteps.some((step) => step.kind === 'restore-file' && step.from === 'template') ? drift.differences.flatMap(({ template }) => template ?? []) : [];
  return [
    ...unique(plain).filter((path) => !files.has(path)).map((path) => ({ kind: 'file', path }) as const),
    ...unique(governed).filter((path) => !contracts.has(path)).map((path) => ({ kind: 'contract', path }) as const),
    ...unique(managed).filter((template) => !templates.has(template)).map((template) => ({ kind: 'template', template }) as const),
  ];
}

function pathsOf(step: FileStep, drift: MeasuredDrift): readonly string[] {
  if (step.kind === 'revert-commit') return [];
  return step.kind === 'update-baseline' || step.path === null ? driftedPaths(drift) : [step.path];
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

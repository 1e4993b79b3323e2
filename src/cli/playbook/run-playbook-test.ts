import { planOf } from '../../domain/playbook/plan-of.ts';
import type { Plan, Planning } from '../../domain/playbook/plan.ts';
import { planRollback } from '../../domain/playbook/plan-rollback.ts';
import type { Playbook } from '../../domain/playbook/playbook.ts';
import { factsAbout } from '../../domain/playbook/playbook-facts.ts';
import type { PlaybookTest } from '../../domain/playbook/playbook-test.ts';
import { testMismatches } from '../../domain/playbook/test-mismatches.ts';
import type { Sha } from '../../domain/tree.ts';
import { plannedIssueText } from '../../render/playbook/planned-issue.ts';
import type { Terminal } from '../terminal.ts';
import { LocalFacts } from './local-facts.ts';
import { openScratchRepository } from './scratch-repository.ts';
import type { ScratchRepository } from './scratch-repository.ts';

type Settled = Exclude<Planning, { readonly kind: 'unread' }>;

/**
 * Runs one test from end to end in a repository of its own: its history, the plan, the merge of it, and what undoes it, planned
 * against what then stands there and merged too. Gives what was otherwise than expected.
 */
export async function runPlaybookTest(terminal: Terminal, playbook: Playbook, test: PlaybookTest): Promise<readonly string[]> {
  const scratch = await openScratchRepository();
  try {
    for (const [index, files] of test.history.entries()) await scratch.commit(files, `Commit ${index + 1}`);
    const planning = await planIn(terminal, scratch, test, (facts) => planOf(playbook, facts));
    const issue = planning.kind === 'plan' ? planning.plan.issue : null;
    const mismatches = testMismatches(test, planning, issue === null ? null : plannedIssueText(issue));
    if (mismatches.length > 0 || planning.kind !== 'plan' || planning.plan.files.length === 0) return mismatches;
    const merge = await scratch.merge(writesOf(planning.plan), 'plumbline/test');
    return await undone(terminal, scratch, { playbook, test, plan: planning.plan, merge });
  } finally {
    await scratch.remove();
  }
}

async function planIn(terminal: Terminal, scratch: ScratchRepository, { drift, now }: PlaybookTest, planWith: Parameters<LocalFacts['plan']>[1]): Promise<Settled> {
  const facts = new LocalFacts({ ...terminal, directory: scratch.directory }, { repo: '.', base: 'main' }, scratch.directory);
  try {
    return await facts.plan(factsAbout(drift, now, false), planWith);
  } finally {
    await facts.close();
  }
}

interface Merged {
  readonly playbook: Playbook;
  readonly test: PlaybookTest;
  readonly plan: Plan;
  readonly merge: Sha;
}

async function undone(terminal: Terminal, scratch: ScratchRepository, { playbook, test, plan, merge }: Merged): Promise<readonly string[]> {
  const rollback = await planIn(terminal, scratch, test, (facts) => planRollback(playbook, facts, merge));
  if (rollback.kind === 'refused') return test.expect.rollback === 'refused' ? [] : [`the rollback is refused: found ${rollback.refusal.found}, expected ${rollback.refusal.expected}`];
  if (test.expect.rollback === 'refused') return ['the rollback is planned, expected a refusal'];
  await scratch.merge(writesOf(rollback.plan), 'plumbline/rollback');
  if (playbook.rollback.kind !== 'revert') return [];
  const back = new Map(rollback.plan.files.map(({ path, text }) => [path, text]));
  return plan.files.filter(({ path, before }) => back.get(path) !== before).map(({ path }) => `${path} does not get back what it had`);
}

function writesOf({ files }: Plan): ReadonlyMap<string, string | null> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

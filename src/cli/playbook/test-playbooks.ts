import { resolve } from 'node:path';
import type { SourcedPlaybook } from '../../domain/playbook/collect-playbooks.ts';
import { playbookTestsJson, playbookTestsPretty } from '../../render/playbook/playbook-tests.ts';
import type { PlaybookTestResult } from '../../render/playbook/playbook-tests.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { loadPlaybooks, playbookNamed, tellProblems } from './load-playbooks.ts';
import { runPlaybookTest } from './run-playbook-test.ts';

/** The tests of playbooks, each in a repository of its own. A playbook without a test proves nothing, and fails. @param ids None: all. */
export async function testPlaybooks(terminal: Terminal, ids: readonly string[], { repo, format }: { readonly repo: string; readonly format: 'pretty' | 'json' }): Promise<number> {
  const collection = await loadPlaybooks(resolve(terminal.directory, repo));
  tellProblems(terminal, collection);
  const wanted = ids.length === 0 ? collection.playbooks : [...new Set(ids)].map((id) => playbookNamed(collection, id));
  const results: PlaybookTestResult[] = [];
  for (const one of wanted) results.push(...(await resultsOf(terminal, one)));
  terminal.write(format === 'json' ? playbookTestsJson(results) : playbookTestsPretty(results, terminal.color));
  const isBroken = ids.length === 0 && collection.problems.length > 0;
  return isBroken || results.some(({ mismatches }) => mismatches.length > 0) ? exitCodes.deny : exitCodes.allow;
}

async function resultsOf(terminal: Terminal, { playbook }: SourcedPlaybook): Promise<readonly PlaybookTestResult[]> {
  if (playbook.tests.length === 0) return [{ playbook: playbook.id, test: '', mismatches: ['it has no tests, expected at least one under `tests`'] }];
  const results: PlaybookTestResult[] = [];
  for (const test of playbook.tests) results.push({ playbook: playbook.id, test: test.name, mismatches: await runPlaybookTest(terminal, playbook, test) });
  return results;
}

import { resolve } from 'node:path';
import { playbookPageJson, playbookPagePretty } from '../../render/playbook/playbook-page.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { loadPlaybooks, playbookNamed, tellProblems } from './load-playbooks.ts';

/** Everything that a playbook says. @throws Failure USAGE for an id that there is not. */
export async function showPlaybook(terminal: Terminal, id: string, { repo, format }: { readonly repo: string; readonly format: 'pretty' | 'json' }): Promise<number> {
  const collection = await loadPlaybooks(resolve(terminal.directory, repo));
  tellProblems(terminal, collection);
  const found = playbookNamed(collection, id);
  terminal.write(format === 'json' ? playbookPageJson(found) : playbookPagePretty(found, terminal.color));
  return exitCodes.allow;
}

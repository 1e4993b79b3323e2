import { resolve } from 'node:path';
import { playbookListJson, playbookListPretty } from '../../render/playbook/playbook-list.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { loadPlaybooks, tellProblems } from './load-playbooks.ts';

/** Every playbook that can be used, on standard output; what is wrong with others on standard error. */
export async function listPlaybooks(terminal: Terminal, { repo, format }: { readonly repo: string; readonly format: 'pretty' | 'json' }): Promise<number> {
  const collection = await loadPlaybooks(resolve(terminal.directory, repo));
  terminal.write(format === 'json' ? playbookListJson(collection.playbooks) : playbookListPretty(collection.playbooks, terminal.color));
  tellProblems(terminal, collection);
  return collection.problems.length === 0 ? exitCodes.allow : exitCodes.deny;
}

import { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { DetachRequest } from '../../flows/detach-configuration.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { inspectGitHub } from '../compose/inspect-github.ts';
import type { DetachableTarget } from '../compose/inspect-github.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';

/** Forgets what was seen, by the word of somebody who may decide it, asked of GitHub now. Both stand in the audit log. */
export async function detachConfiguration(terminal: Terminal, wanted: { readonly name: string; readonly by: string }): Promise<number> {
  if (!/^[A-Za-z0-9-]+(?:\/[A-Za-z0-9._-]+)?$/.test(wanted.name)) throw new Failure('USAGE', `Cannot detach ${JSON.stringify(wanted.name.slice(0, 80))}: expected an account or owner/repo.`);
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(wanted.by)) throw new Failure('USAGE', `Cannot detach by ${JSON.stringify(wanted.by.slice(0, 80))}: expected the login of a person.`);
  const github = inspectGitHub(terminal);
  const target = await github.target(wanted.name);
  const refusal = await github.refusalOf(target, wanted.by);
  if (refusal !== null) throw new Failure('GITHUB_REFUSED', `Cannot detach ${wanted.name}: ${refusal} Nothing was changed.`);
  const isDetached = await withCommandStore(terminal, async (operations) => await operations.detach(requestOf(target, wanted.by)));
  terminal.write(isDetached ? `${wanted.name} is detached: its configuration is no longer missed.\n` : `No configuration of ${wanted.name} was seen: nothing to detach.\n`);
  return exitCodes.allow;
}

function requestOf({ account, repository }: DetachableTarget, by: string): DetachRequest {
  return { account: account.id, repository: repository === null ? null : { id: repository.id, name: fullNameOf(repository) }, by };
}

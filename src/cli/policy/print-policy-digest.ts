import { basename, resolve } from 'node:path';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import type { PolicySource } from '../../domain/contract/policy-checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import { findBase } from '../check/find-base.ts';
import { localConfiguration } from '../check/local-configuration.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import { policiesAt } from '../../flows/policies-at.ts';

export interface PolicyDigestOptions {
  readonly repo: string;
  readonly ref?: string;
  readonly format: string;
}

/** The digest alone on standard output, for scripts and for a contract's `policyBundleChecksum`. */
export async function printPolicyDigest(terminal: Terminal, { repo, ref, format }: PolicyDigestOptions): Promise<number> {
  const objects = await openLocalRepository(resolve(terminal.directory, repo));
  try {
    const { commit, policies } = await readPolicies(objects, ref ?? null, (name) => typeAgain(terminal, `--ref ${name}`));
    const digest = policyChecksumOf(policies);
    terminal.write(format === 'json' ? `${JSON.stringify({ digest, commit, policies }, null, 2)}\n` : `${digest}\n`);
    return exitCodes.allow;
  } finally {
    await objects.close();
  }
}

/** By the configuration that would judge a change into the commit. Where nothing is configured no policy holds, which has a digest too. */
async function readPolicies(objects: LocalRepository, ref: string | null, again: (name: string) => string): Promise<{ readonly commit: Sha; readonly policies: readonly PolicySource[] }> {
  const base = await findBase(objects, ref, again);
  const { owner, name } = (await objects.origin()) ?? { owner: 'local', name: basename(objects.root) };
  const change = { subject: { kind: 'range' }, author: 'unknown', title: '', draft: false, fork: false, baseBranch: base.branch } as const;
  const repository = { account: { id: 0, login: owner, kind: 'user' }, installationId: 0, id: 0, owner, name } as const;
  const { state } = await localConfiguration(objects, { repository, change, base, head: base.sha }, null);
  if (state.kind === 'unusable') throw new Failure('CONFIG_INVALID', `Cannot tell the policies of ${base.sha}: it has no valid configuration, expected one. See what is wrong: plumbline config check`);
  return { commit: base.sha, policies: state.effective === null ? [] : await policiesAt(objects, base.sha, state.effective) };
}

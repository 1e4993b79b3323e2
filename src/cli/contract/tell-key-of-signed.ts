import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import { Failure } from '../../domain/failure.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { findBase } from '../check/find-base.ts';
import { localConfiguration } from '../check/local-configuration.ts';
import type { Terminal } from '../terminal.ts';
import { rangeAtBase } from './range-at-base.ts';
import { tellUnmergedKey } from './tell-unmerged-key.ts';
import type { WorkingContract } from './working-contract.ts';

/** As `tellUnmergedKey`, for what needs no base: where there is none, or it does not govern the contract, nothing is said. */
export async function tellKeyOfSigned(terminal: Terminal, contract: WorkingContract, key: SigningKey, kid: string): Promise<void> {
  const { document, fields, path, root } = contract;
  if (fieldValue(document.value, fields, 'lifecycle', path) === 'draft') return;
  try {
    const objects = await openLocalRepository(root);
    try {
      await tellAtDefaultBase(terminal, objects, contract, { key, kid });
    } finally {
      await objects.close();
    }
  } catch (error) {
    // The contract is signed: a repository that can not be read is told by whoever needs it.
    if (!(error instanceof Failure)) throw error;
  }
}

async function tellAtDefaultBase(terminal: Terminal, objects: LocalRepository, { file, path, root }: WorkingContract, { key, kid }: { readonly key: SigningKey; readonly kid: string }): Promise<void> {
  const base = await findBase(objects, null, (name) => name);
  const { state, entry } = await localConfiguration(objects, await rangeAtBase(objects, base, base.sha), null);
  if (entry === null || state.effective === null || contractSetsOf(state.effective, path).length === 0) return;
  await tellUnmergedKey(terminal, { objects, root, configuration: state.effective, base }, key, [{ file, kid }]);
}

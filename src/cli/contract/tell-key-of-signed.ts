import { repositoryConfigurationPath } from '../../domain/configuration/configuration-paths.ts';
import { mergeConfiguration } from '../../domain/configuration/merge-configuration.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import { Failure } from '../../domain/failure.ts';
import { versionAt } from '../../flows/configuration-at.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../probes/local-git/local-repository.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import type { Terminal } from '../terminal.ts';
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
  const found = await objects.defaultBase();
  const version = found === null ? null : await versionAt(objects, found.sha, repositoryConfigurationPath);
  const reading = version === null || version.bytes === null ? null : readConfiguration(version.bytes, repositoryConfigurationPath);
  if (found === null || reading?.kind !== 'valid') return;
  const { sha, branch } = found;
  const { configuration } = mergeConfiguration({ organization: null, repository: reading.document, defaultBranch: branch });
  if (contractSetsOf(configuration, path).length === 0) return;
  await tellUnmergedKey(terminal, { objects, root, configuration, base: { sha, branch, defaultBranch: branch, defaultTip: sha } }, key, [{ file, kid }]);
}

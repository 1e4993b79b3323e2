import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { contractOfFile } from '../../domain/contract/contract-of-file.ts';
import type { Sha } from '../../domain/tree.ts';
import { contractsUnder } from '../../flows/contracts-at.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';

/** Every contract that stands at a commit, wherever it moved: asked for only where the record alone does not say what stands. */
export async function standingContracts(objects: ObjectSource, commit: Sha, configuration: Configuration): Promise<readonly Contract[]> {
  const files = [...(await contractsUnder(objects, commit, configuration)).files.values()];
  const contents = await objects.blobs(files);
  return files.flatMap(({ path, blob }) => {
    const content = contents.get(blob);
    const reading = content?.kind === 'bytes' ? contractOfFile(configuration, { path, bytes: content.bytes }) : null;
    return reading?.kind === 'contract' ? [reading.contract] : [];
  });
}

import type { Finding } from '../../domain/finding.ts';
import type { ContractWorld } from './contract-world.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';
import type { Uncertain } from './likely-record.ts';
import { letGitHubTell } from './next-step.ts';
import { reportField } from './report.ts';

/** Said once for each version, at the first file of the change that has to do with it. */
export function checkUncertain(world: ContractWorld): readonly Finding[] {
  const told = new Set<string>();
  return world.changed.flatMap((file) => {
    const atPath = (world.releasedAt(file.path) ?? []).map((release) => release.contractId);
    const ids = new Set([idOf(file.atBase), idOf(file.inResult), ...atPath].filter((id) => id !== null));
    return [...ids].flatMap((id) => {
      if (told.has(id)) return [];
      told.add(id);
      return world.uncertain(id).map((one) => uncertainty(file, one));
    });
  });
}

function uncertainty(file: JudgedContract, { release, contents }: Uncertain): Finding {
  const { contractId, version } = release;
  const places = contents.map(({ path, commit }) => `${path} at ${commit.slice(0, 12)}`);
  const listed = `${places.slice(0, 3).join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`;
  const what = contents.length > 1 ? `Which content of ${contractId} ${version} was released can not be told from git: it differs in ${listed}` : `Whether ${contractId} ${version} was ever released can not be told from git: it stood in ${listed} and was replaced`;
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: `${contractId}@${version}`,
    message: `${what}, and no merge lies between, so that these commits may have come together.`,
    found: contents.length > 1 ? `${contents.length} contents of version ${version}` : `version ${version} in the middle of a run of commits`,
    expected: 'a merge commit between them',
    next: `${letGitHubTell} Nothing depends on it any more once a later version is released.`,
  });
}

import type { Finding } from '../../domain/finding.ts';
import type { Release } from '../../domain/release.ts';
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

function uncertainty(file: JudgedContract, uncertain: Uncertain): Finding {
  const { contractId, version } = uncertain.release;
  const { message, found, expected } = wordsOf(uncertain);
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: `${contractId}@${version}`,
    message: `${message}, and which commits came together git does not tell.`,
    found,
    expected,
    next: letGitHubTell,
  });
}

function wordsOf(uncertain: Uncertain): { readonly message: string; readonly found: string; readonly expected: string } {
  const { contractId, version, path, commit, lifecycle } = uncertain.release;
  const name = `${contractId} ${version}`;
  switch (uncertain.kind) {
    case 'content': {
      const places = uncertain.contents.map((one) => placeOf(one));
      const listed = `${places.slice(0, 3).join(', ')}${places.length > 3 ? ` and ${places.length - 3} more` : ''}`;
      return { message: `Which content of ${name} was released can not be told: it differs in ${listed}`, found: `${places.length} contents of version ${version}`, expected: 'one content' };
    }
    case 'release':
      return { message: `Whether ${name} was ever released can not be told: it stood in ${placeOf({ path, commit })} and is not at the base`, found: `version ${version} in the history only`, expected: 'a version that stands at the base' };
    case 'state':
      return { message: `Whether ${name} was ever ${lifecycle} on the branch can not be told: it was so in a commit, and is ${uncertain.atBase} at the base`, found: lifecycle, expected: uncertain.atBase };
  }
}

function placeOf({ path, commit }: Pick<Release, 'path' | 'commit'>): string {
  return `${path} at ${commit.slice(0, 12)}`;
}

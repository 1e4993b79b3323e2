import type { Contract } from '../../domain/contract/contract.ts';
import type { Finding } from '../../domain/finding.ts';
import { shellWord } from '../../domain/shell-word.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportField } from './report.ts';

/** Two files of R must not claim one id and version. A pair that already stood at the base is a notice. */
export function checkDuplicates(world: ContractWorld): readonly Finding[] {
  const claims = world.files.flatMap((file) => (file.inResult.kind === 'contract' ? [{ file, contract: file.inResult.contract }] : []));
  return [...Map.groupBy(claims, ({ contract }) => `${contract.contractId}\n${contract.key}`).values()].flatMap((group) => groupFindings(group));
}

interface Claim {
  readonly file: JudgedContract;
  readonly contract: Contract;
}

function groupFindings(group: readonly Claim[]): readonly Finding[] {
  if (group.length < 2) return [];
  const newcomers = group.filter((claim) => !hasStood(claim));
  if (newcomers.length === 0) return group.slice(1, 2).map((claim) => duplicate(claim, group, 'notice'));
  return newcomers.map((claim) => duplicate(claim, group, 'deny'));
}

function hasStood({ file, contract }: Claim): boolean {
  return file.atBase.kind === 'contract' && file.atBase.contract.contractId === contract.contractId && file.atBase.contract.key === contract.key;
}

function duplicate({ file, contract }: Claim, group: readonly Claim[], severity: 'deny' | 'notice'): Finding {
  const others = group.map((claim) => claim.file.path).filter((path) => path !== file.path);
  return reportField(file, 'contractId', {
    code: 'contract/duplicate_id',
    severity,
    subject: `${contract.contractId}@${contract.key}`,
    message: `${contract.contractId} ${contract.version} also stands in ${others.slice(0, 3).join(', ')}.`,
    expected: 'one file for an id and version',
    found: `${group.length} files`,
    next: `Run \`git rm -- ${shellWord(file.path)}\` and commit the result, or give it a contractId of its own.`,
  });
}

import type { Contract } from '../../domain/contract/contract.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { RecordAnswer } from '../../domain/release.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import { checkUncertain } from './check-uncertain.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportField } from './report.ts';

/** The release record must be whole for every id and path that takes part: an answer that is missing is no empty answer. */
export function checkRecord(world: ContractWorld): readonly Finding[] {
  const { evidence, entry } = world;
  const record = evidence.find({ kind: 'record', entry: entry.entry });
  if (record?.kind !== 'answered') return [unreadable('the release record', record?.why)];
  if (record.value.kind !== 'complete') return [unfinished(record.value, world)];
  return [...unansweredIds(world), ...unansweredPaths(world), ...laggingIds(world), ...checkUncertain(world)];
}

/** Said once, at the first contract of the change; where only schemas changed, of the change as a whole. */
function unfinished(state: Exclude<RecordAnswer, { kind: 'complete' }>, { changed }: ContractWorld): Finding {
  const [first] = changed;
  const words = { code: 'contract/record_incomplete', ...(state.kind === 'filling' ? filling(state) : behind(state)), next: waitForRetry } as const;
  return first === undefined ? finding(words) : reportField(first, 'contractVersion', words);
}

interface Words {
  readonly message: string;
  readonly found: string;
  readonly expected: string;
}

function filling({ done, total }: Extract<RecordAnswer, { kind: 'filling' }>): Words {
  const found = `${done} of ${total ?? 'an unknown number of'} commits read`;
  return { message: `The record of released contracts is still being filled from history: ${found}.`, found, expected: 'the whole history since adoption' };
}

function behind({ upTo, tip }: Extract<RecordAnswer, { kind: 'behind' }>): Words {
  return { message: `The record of released contracts is of ${upTo.slice(0, 12)}, and the branch stands at ${tip.slice(0, 12)}: what was released in between is not known yet.`, found: upTo, expected: tip };
}

function unansweredIds({ ids, evidence, entry }: ContractWorld): readonly Finding[] {
  return ids.flatMap((contractId) => {
    const answer = evidence.find({ kind: 'releases', entry: entry.entry, contractId });
    return answer?.kind === 'answered' ? [] : [unreadable(`the releases of ${JSON.stringify(contractId)}`, answer?.why)];
  });
}

function unansweredPaths({ changed, evidence, entry }: ContractWorld): readonly Finding[] {
  return changed.flatMap(({ path }) => {
    const answer = evidence.find({ kind: 'paths', entry: entry.entry, path });
    return answer?.kind === 'answered' ? [] : [unreadable(`the releases at ${JSON.stringify(path)}`, answer?.why)];
  });
}

/** A version that stands in B as released but is not recorded: the record has not caught up with the base. */
function laggingIds(world: ContractWorld): readonly Finding[] {
  const ids = new Set(world.ids.filter((contractId) => world.releases(contractId) !== null));
  const missing = world.files.flatMap((file) => {
    if (file.atBase.kind !== 'contract' || file.atBase.contract.lifecycle === 'draft') return [];
    const { contract } = file.atBase;
    return ids.has(contract.contractId) && world.released(contract.contractId, contract.key) === null ? [{ file, contract }] : [];
  });
  const firsts = new Map(missing.toReversed().map((one) => [one.contract.contractId, one]));
  return [...firsts.values()].map(({ file, contract }) => lagging(file, contract));
}

function lagging(file: JudgedContract, { contractId, version }: Contract): Finding {
  return reportField(file, 'contractVersion', {
    code: 'contract/record_incomplete',
    subject: contractId,
    message: `The base has ${contractId} ${version} as released, but the record of releases does not have it yet.`,
    found: `no record of version ${version}`,
    expected: 'a record that has caught up with the base',
    next: waitForRetry,
  });
}

function unreadable(what: string, why = 'it was not asked'): Finding {
  return finding({ code: 'snapshot/unreadable', subject: what, message: `Cannot read ${what}: ${why}, expected the record of this branch entry.`, found: why, expected: what, next: waitForRetry });
}

import type { BehaviorDrift } from '../../domain/remediation/behavior-drift.ts';
import { branchName } from '../../domain/remediation/branch-name.ts';
import { fingerprintOf, fingerprintOnBase } from '../../domain/remediation/fingerprint.ts';
import type { RemediationQuestion } from '../../domain/remediation/remediation-reading.ts';
import type { RemediationRecord } from '../../domain/remediation/remediation-record.ts';
import { readRecords } from './read-records.ts';
import type { Records } from './read-records.ts';
import type { ReadableRun } from './remediation-run.ts';

/** A remediation with what our own record says of it. */
export interface RecordedRemediation {
  readonly record: RemediationRecord;
  readonly records: Records;
}

/** What was begun for the very drift that is there now, but for its base: on branches that were the default one before, as where that got another name. */
export async function formerBases({ ports, record }: Pick<ReadableRun, 'ports' | 'record'>, drift: BehaviorDrift | null): Promise<readonly RecordedRemediation[]> {
  if (drift?.seen.kind !== 'drift') return [];
  const { identity } = drift.seen;
  if (fingerprintOf(identity) !== record.fingerprint) return [];
  const { repository, behavior, fingerprint } = record;
  const known = await ports.store.transaction((transaction) => transaction.remediationsOf(repository.id, behavior));
  const same = known.filter((one) => one.fingerprint !== fingerprint && one.fingerprint === fingerprintOnBase(identity, one.baseBranch));
  return Promise.all(same.map(async (one) => ({ record: one, records: await readRecords({ ports, record: one, key: { repositoryId: repository.id, fingerprint: one.fingerprint } }) })));
}

/** What is asked of GitHub about them. */
export function askedOfFormer(formers: readonly RecordedRemediation[]): Pick<RemediationQuestion, 'heads' | 'numbers'> {
  return {
    heads: formers.flatMap(({ record, records }) => records.intents.map(({ generation }) => branchName(record.target, record.fingerprint, generation))),
    numbers: formers.flatMap(({ records }) => records.pulls.map(({ number }) => number)),
  };
}

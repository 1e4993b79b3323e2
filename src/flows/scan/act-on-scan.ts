import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { blastRadiusOf } from '../../domain/scan/blast-radius.ts';
import type { ScanOutcome } from '../../domain/scan/scan.ts';
import { digestJobs, soon } from '../digest/digest-jobs.ts';
import { remediateJob } from '../job-requests.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { tellScan } from './tell-scan.ts';

export interface ScanToActOn {
  /** One of the account. */
  readonly repository: RepositoryRef;
  readonly scan: string;
}

/**
 * Acts upon what a scan found, once it has seen all of its repositories: every confirmed drift is looked at for a remediation, unless
 * something would be opened in more repositories than one scan may remediate in. Then nothing is written but the digest: a detector that marks everything is broken.
 */
export async function actOnScan({ store, log, clock }: Pick<FlowPorts, 'store' | 'log' | 'clock'>, { repository, scan }: ScanToActOn): Promise<void> {
  const { account } = repository;
  await store.transaction(async (transaction) => {
    const [outcomes, plans, begun] = [await transaction.scanOutcomes(scan), await transaction.scanPlansOf(account.id), await transaction.scan(scan)];
    const { drifted, governed, most, isBeyond } = blastRadiusOf(await transaction.driftReach(account.id));
    if (isBeyond) log.error('drift in more repositories than one scan may remediate', { account: account.login, drifted: drifted.size, governed, most });
    const placesThat = (outcome: ScanOutcome): readonly RepositoryRef[] => plans.filter((plan) => outcomes.get(plan.repository.id) === outcome).map((plan) => plan.repository);
    const measured = placesThat('measured');
    // What was confirmed before the rest of its repository was given up waits for nothing more. How it is by now with what this scan did not measure nobody knows.
    const isMeasured = ({ record }: KeptDrift): boolean => outcomes.get(record.repositoryId) === 'measured' || Date.parse(record.measuredAt) >= Date.parse(begun?.begunAt ?? '');
    for (const drifting of isBeyond ? [] : [...measured, ...placesThat('failed').filter(({ id }) => drifted.has(id))]) {
      const found = (await transaction.driftsOf(drifting.id)).filter((one) => one.record.standing === 'drift' && one.scanned.decides && isMeasured(one));
      for (const { record } of found) await transaction.enqueue(remediateJob(drifting, record.behavior));
    }
    // What is open is followed up whatever was found: something may have been missed, such as that it waits for a merge no more.
    for (const { repositoryId, behavior } of await transaction.restlessBehaviors(measured.map(({ id }) => id))) {
      const place = measured.find(({ id }) => id === repositoryId);
      if (place !== undefined) await transaction.enqueue(remediateJob(place, behavior));
    }
    // Where something is opened, what became of it is told too.
    const runAt = isBeyond ? clock.now() : soon(clock.now());
    for (const job of digestJobs(plans.filter((plan) => outcomes.has(plan.repository.id)).map((plan) => plan.repository), runAt)) await transaction.enqueue(job);
    const count = (wanted: string): number => [...outcomes.values()].filter((one) => one === wanted).length;
    await transaction.append({
      account: account.id,
      repository: null,
      subject: `scan:${scan}`,
      event: 'scan.concluded',
      actor: 'system',
      rationale: isBeyond ? `something would be opened in ${drifted.size} repositories, of ${governed} with behaviours: at most ${most} may be remediated by one scan` : `something is to be opened in ${drifted.size} repositories`,
      outcome: isBeyond ? 'nothing was opened' : 'concluded',
      payload: { measured: count('measured'), failed: count('failed'), waiting: count('waiting') + count('confirming'), drifted: [...drifted].toSorted((a, b) => a - b) },
    });
    await tellScan(transaction, scan, { outcomes, most: isBeyond ? most : null });
  });
}

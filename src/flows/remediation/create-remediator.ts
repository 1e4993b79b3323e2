import type { FlowPorts } from '../flow-ports.ts';
import { heldLease } from '../held-lease.ts';
import { repositoryOfJob, textOfJob } from '../job-reader.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import { githubTexts } from '../../render/remediation/github-texts.ts';
import { refusalOfWish } from './refusal-of-wish.ts';
import { remediate } from './remediate.ts';
import type { RemediationSources } from './remediation-ports.ts';

/** Does one `remediate` job. */
export type Remediator = (job: LeasedJob) => Promise<void>;

/** @param leaseMs As for `heldLease`. */
export function createRemediator(ports: FlowPorts, sources: RemediationSources, leaseMs: number): Remediator {
  const { store, github, clock, log } = ports;
  return (job) => {
    const lease = heldLease(ports, job, leaseMs);
    return remediate({ store, github, clock, log, sources, texts: githubTexts, refusalOfWish: (repository, wish) => refusalOfWish(ports, repository, wish) }, { repository: repositoryOfJob(job), behavior: textOfJob(job, 'behavior') }, lease);
  };
}

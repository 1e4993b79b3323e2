import type { FlowPorts } from '../flow-ports.ts';
import { heldLease } from '../held-lease.ts';
import { repositoryOfJob } from '../job-reader.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import { updateDigest } from './update-digest.ts';

/** Does one `digest` job. */
export type Digester = (job: LeasedJob) => Promise<void>;

/** @param leaseMs As for `heldLease`. */
export function createDigester(ports: FlowPorts, leaseMs: number): Digester {
  return (job) => updateDigest(ports, repositoryOfJob(job), heldLease(ports, job, leaseMs));
}

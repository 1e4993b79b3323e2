import type { RepositoryRef } from '../../domain/repository.ts';
import { digestJob } from '../job-requests.ts';
import type { JobRequest } from '../ports/job-queue.ts';

/** Milliseconds in which what happens is told together. */
const togetherMs = 5 * 60_000;

export function soon(now: Date): Date {
  return new Date(now.getTime() + togetherMs);
}

/** One for each digest that tells of these repositories of one account. */
export function digestJobs(repositories: readonly RepositoryRef[], runAt: Date): readonly JobRequest[] {
  return [...new Map(repositories.map((repository) => digestJob(repository, runAt)).map((job) => [job.key, job])).values()];
}

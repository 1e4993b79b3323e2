/** Runs of a job that nobody ended, one after the other: each may have killed its process. */
export const lostRuns: readonly string[] = [`alter table jobs add column lost_runs integer not null default 0`];

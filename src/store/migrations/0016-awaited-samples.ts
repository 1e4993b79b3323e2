/** Until when an evaluation awaits samples of its change, and evaluations by their head: a wait begins with the first one. */
export const awaitedSamples: readonly string[] = [
  `alter table evaluations add column awaits_until timestamptz`,
  `create index evaluations_by_head on evaluations (repository_id, head)`,
];

/**
 * The paths that a remediation is about to have open, numbered in the order in which they were reserved: `reserves` until a look has found it at rest. What
 * is open already is seen on GitHub, and what a version before this one was in the middle of is read there before it goes on, so that nothing is filled in.
 */
export const pathReservations: readonly string[] = [
  `create sequence remediation_reservations`,
  `alter table remediations add column reserved_paths text, add column reserved_at bigint, add column reserves boolean not null default false`,
];

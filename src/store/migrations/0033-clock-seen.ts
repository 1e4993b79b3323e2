/** What the clocks of the servers showed, in one row: by it is known whether what is erased by its age may go. */
export const clockSeen: readonly string[] = [`create table clock_seen (one boolean primary key check (one), seen_at timestamptz not null, steady_since timestamptz not null)`];

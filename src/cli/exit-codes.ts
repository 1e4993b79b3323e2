/** What a run answers to the shell. `doctor` and `audit` use the same numbers: 1 is a plain no, 3 could not be known. */
export const exitCodes = { allow: 0, deny: 1, hold: 2, unknown: 3, usage: 64 } as const;

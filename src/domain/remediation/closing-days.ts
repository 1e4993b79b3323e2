/** Days for which a close by a person is a decision, and for which one by nobody knows whom stands. */
export const closingDays = { human: 30, unknown: 7 } as const;

/** Returns within 7 days that stop the automation. */
export const mostFlaps = 3;

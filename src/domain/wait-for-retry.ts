/** The next step of a finding about what could not be found out. */
export const waitForRetry = 'Nothing in your change caused this. It is tried again by itself; re-running the check tries at once.';

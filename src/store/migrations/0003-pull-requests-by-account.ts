/** Finds the open pull requests of an account: its configuration concerns them all. */
export const pullRequestsByAccount: readonly string[] = [
  `alter table pull_requests add column account_id bigint`,
  // The record is JSON text that begins with its repository; a quote in any other text is escaped.
  `update pull_requests set account_id = substring(record from '"account":\\{"id":([0-9]+)')::bigint`,
  `create index pull_requests_by_account on pull_requests (account_id, repository_id, number) where state = 'open'`,
];

/** Finds what every branch entry of a repository released under an id. */
export const releasesByContract: readonly string[] = [`create index releases_by_contract on releases (repository_id, contract_key)`];

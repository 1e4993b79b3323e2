/** Issues of our App, by what they are about. */
export const issues: readonly string[] = [`create table app_issues (account_id bigint not null, topic text not null, record text not null, primary key (account_id, topic))`];

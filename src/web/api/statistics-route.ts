import { failureOf } from '../../domain/failure.ts';
import type { RemediationStatistics } from '../../domain/drift/remediation-statistics.ts';
import type { Log } from '../../flows/ports/log.ts';
import { mayRead, principalOf } from './principal.ts';
import type { PrincipalPorts } from './principal.ts';
import type { Problem } from './problem.ts';

export interface StatisticsPorts {
  /** Null: the server has no issuer, and everybody is answered 401. */
  readonly principals: PrincipalPorts | null;
  readonly read: (accountId: number) => Promise<RemediationStatistics>;
  readonly log: Log;
}

export type StatisticsAnswer = { readonly kind: 'statistics'; readonly account: number; readonly statistics: RemediationStatistics } | { readonly kind: 'problem'; readonly problem: Problem };

/** How drifts of one account are mended, for whoever may read what is of it. */
export async function answerStatistics({ principals, read, log }: StatisticsPorts, asked: { readonly authorization: string | undefined; readonly account: string | undefined }): Promise<StatisticsAnswer> {
  const reading = await principalOf(principals, asked.authorization);
  if (reading.kind === 'problem') return reading;
  const { account } = asked;
  if (account === undefined || !/^[1-9]\d{0,14}$/.test(account)) return { kind: 'problem', problem: { status: 400, code: 'account_missing', detail: 'The address names no account, expected ?account=<id>, the number of the organisation or user at GitHub.' } };
  if (!mayRead(reading.principal, Number(account))) return { kind: 'problem', problem: { status: 403, code: 'other_account', detail: `The token does not name the account ${account}, expected one that it names.` } };
  try {
    return { kind: 'statistics', account: Number(account), statistics: await read(Number(account)) };
  } catch (thrown) {
    log.error('statistics not read', { account, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    return { kind: 'problem', problem: { status: 503, code: 'not_read', detail: 'The statistics could not be read. Nothing is wrong with the request: send it again.', retryAfter: 30 } };
  }
}

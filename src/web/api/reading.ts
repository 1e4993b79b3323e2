import { failureOf } from '../../domain/failure.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import type { Clock } from '../../flows/ports/clock.ts';
import type { Log } from '../../flows/ports/log.ts';
import type { ReadLog } from '../../flows/ports/read-log.ts';
import { problemAnswer } from './operation.ts';
import type { ApiAnswer, Asked, OperationShape } from './operation.ts';
import { mayRead } from './principal.ts';
import type { Principal } from './principal.ts';
import { queryText } from './query-text.ts';

export interface ReadingPorts {
  readonly reads: ReadLog;
  readonly clock: Clock;
  readonly log: Log;
}

interface AskedOfAccount extends Pick<Asked<OperationShape>, 'principal'> {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: { readonly account: number | null };
  readonly body: JsonObject | null;
}

export interface Reading {
  readonly account: number;
  /** What is asked for, in one spelling. */
  readonly query: string;
}

/** Answers what is of one account to whoever may read it, and only once it is kept that they do. */
export function reading<Of extends AskedOfAccount>(ports: ReadingPorts, operation: string, answer: (asked: Of, reading: Reading) => Promise<ApiAnswer>): (asked: Of) => Promise<ApiAnswer> {
  return async (asked) => {
    const { principal, path, query, body } = asked;
    const found = accountFor(principal, query.account);
    if (found.kind === 'problem') return found;
    const { account } = found;
    const text = queryText(operation, { ...body, ...query, ...path, account });
    try {
      await ports.reads.record({ account, subject: principal.subject, token: principal.token, query: text, at: ports.clock.now() });
    } catch (thrown) {
      ports.log.error('read not recorded', { account, operation, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
      return problemAnswer({ status: 503, code: 'read_not_recorded', detail: 'Nothing is answered, since it can not be kept now that you read it. Nothing is wrong with the request: send it again.', retryAfter: 30 });
    }
    return await answer(asked, { account, query: text });
  };
}

/** The account that is asked for: a token of one alone need not name it. */
export function accountFor(principal: Principal, asked: number | null): { readonly kind: 'account'; readonly account: number } | Extract<ApiAnswer, { kind: 'problem' }> {
  const only = principal.accounts !== 'all' && principal.accounts.length === 1 ? principal.accounts[0] : undefined;
  const account = asked ?? only;
  if (account === undefined) return problemAnswer({ status: 400, code: 'account_missing', detail: 'The address names no account, expected ?account=<id>, the number of the organisation or user at GitHub.' });
  if (!mayRead(principal, account)) return problemAnswer({ status: 403, code: 'other_account', detail: `The token does not name the account ${account}, expected one that it names.` });
  return { kind: 'account', account };
}

import type { IncomingMessage } from 'node:http';
import { quoted } from '../../domain/finding.ts';
import { subjectOf } from '../../domain/probe-key.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { JudgementAnswer } from '../../domain/support/judgement.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { guardedRequest } from '../behavior-sources/guarded-request.ts';
import { isPassing } from '../behavior-sources/is-passing.ts';
import { listedUrl } from '../behavior-sources/listed-url.ts';
import { jsonTypeOf, typeInWords } from '../behavior-sources/media-type.ts';
import { readLimitedBody } from '../behavior-sources/read-limited-body.ts';
import { tellsSecret } from '../behavior-sources/source-secret.ts';
import type { Trouble } from '../behavior-sources/outside-service.ts';
import { readJudgement } from './read-judgement.ts';

/** The secret that is sent to the judge, as it is now. */
export interface JudgeToken {
  /** Null where there is none. */
  reveal(): string | null;
  /** Reads it anew, after it was refused. */
  refreshAfterRefusal(): Promise<boolean>;
}

/** As the settings of the server have it: nothing that a repository says may be part of it. */
export interface JudgeToAsk {
  readonly url: string;
  readonly token: JudgeToken | null;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
  readonly connection?: Pick<GuardedConnection, 'resolve' | 'certificateAuthority'>;
}

export type AskedJudge = Extract<JudgementAnswer, { readonly kind: 'judged' }> | Trouble;

/** Bytes of one answer. */
const most = 16 * 1024;

/**
 * One POST as `schemas/claim-judgement.schema.json` has it, to the judge's host alone. Claim and passages are members of a JSON object and nothing is made of them.
 * No trouble names the host: it is told in pull requests, and may be of a private network.
 */
export async function askJudge({ url, token, timeoutMs, connection }: JudgeToAsk, request: RequestOf<'claim-judgement'>): Promise<AskedJudge> {
  const rules = { hosts: [URL.parse(url)?.host ?? ''], allowsLoopback: true, allowsPrivate: true } as const;
  const listed = listedUrl(url, rules, 'judge');
  if (listed.kind === 'no-signal') return { kind: 'trouble', why: listed.why };
  const [secret, question] = [token?.reveal() ?? null, subjectOf(request)];
  const body = { version: 1, question, claim: request.claim, passages: request.passages.map(({ path, text }) => ({ path, text })) };
  const answered = await guardedRequest<ReadAnswer>({ ...connection, rules, timeoutMs }, {
    url: listed.url,
    secret,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'accept-encoding': 'identity' },
    body: new TextEncoder().encode(JSON.stringify(body)),
    answer: async (response) => await readAnswer(response, { question, secret }),
  });
  if (answered.kind !== 'answered') return { kind: 'trouble', why: answered.why.replaceAll(quoted(listed.url.host), 'the judge'), ...(answered.kind === 'trouble' ? { isOutage: true } : {}) };
  if (answered.value.isRefused) await token?.refreshAfterRefusal();
  return answered.value.asked;
}

interface ReadAnswer {
  readonly asked: AskedJudge;
  /** Whether the judge refused the secret, or demands one. */
  readonly isRefused: boolean;
}

async function readAnswer(response: IncomingMessage, { question, secret }: { readonly question: string; readonly secret: string | null }): Promise<ReadAnswer> {
  const { statusCode: status = 0, headers } = response;
  const no = (why: string): ReadAnswer => ({ asked: { kind: 'trouble', why: `the judge answered ${why}`, ...(isPassing(status) ? { isOutage: true } : {}) }, isRefused: status === 401 || status === 403 });
  const type = headers['content-type'];
  const body = status === 200 && jsonTypeOf(type) !== null ? await readLimitedBody(response, most) : null;
  if (body?.kind !== 'whole') response.destroy();
  if (status !== 200) return no(`${status}, expected 200`);
  if (body === null) return no(`with ${typeInWords(type)}, expected application/json`);
  if (body.kind !== 'whole') return no(`with a body that is ${body.kind === 'too-large' ? 'too large' : 'packed'}, expected at most ${most} bytes of JSON`);
  const judgement = readJudgement(body.bytes, question);
  if (judgement === null || tellsSecret(judgement.id, secret)) return no('something else than a judgement of what was asked, expected JSON with question, id, label and score');
  return { asked: { kind: 'judged', ...judgement }, isRefused: false };
}

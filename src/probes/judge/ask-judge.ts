import type { RequestOf } from '../../domain/probe-request.ts';
import { quoted } from '../../domain/finding.ts';
import type { Judgement } from '../../domain/support/judgement.ts';
import { guardedRequest } from '../behavior-sources/guarded-request.ts';
import type { GuardedConnection } from '../behavior-sources/guarded-request.ts';
import { listedUrl } from '../behavior-sources/listed-url.ts';
import { readLimitedBody } from '../behavior-sources/read-limited-body.ts';
import { tellsSecret } from '../behavior-sources/source-secret.ts';
import { readJudgement } from './read-judgement.ts';

/** The secret that is sent to the judge, as it is now. */
export interface JudgeToken {
  /** Null where there is none. */
  reveal(): string | null;
  /** Reads it anew, after it was refused. */
  refreshAfterRefusal(): Promise<boolean>;
}

export interface JudgeToAsk {
  readonly url: string;
  readonly token: JudgeToken | null;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
  readonly allowsLoopback: boolean;
  readonly connection?: Pick<GuardedConnection, 'resolve' | 'certificateAuthority'>;
}

/** `trouble`: nothing is known by it. */
export type AskedJudge = { readonly kind: 'judged'; readonly judgement: Judgement } | { readonly kind: 'trouble'; readonly why: string };

/** Bytes of one answer. */
const most = 16 * 1024;

/** One POST as `schemas/claim-judgement.schema.json` has it, to the judge's host alone. Claim and passages are members of a JSON object and nothing is made of them. */
export async function askJudge(judge: JudgeToAsk, { claim, passages }: Pick<RequestOf<'claim-judgement'>, 'claim' | 'passages'>): Promise<AskedJudge> {
  const rules = { hosts: [URL.parse(judge.url)?.host ?? ''], allowsLoopback: judge.allowsLoopback };
  const listed = listedUrl(judge.url, rules, 'judge');
  if (listed.kind === 'no-signal') return { kind: 'trouble', why: listed.why };
  const secret = judge.token?.reveal() ?? null;
  const answered = await guardedRequest<AskedJudge & { readonly isRefused?: true }>({ ...judge.connection, rules, timeoutMs: judge.timeoutMs }, {
    url: listed.url,
    secret,
    headers: { accept: 'application/json', 'content-type': 'application/json', 'accept-encoding': 'identity' },
    body: new TextEncoder().encode(JSON.stringify({ version: 1, claim, passages: passages.map(({ path, text }) => ({ path, text })) })),
    followsRedirects: false,
    answer: async (response, { host }) => {
      const { statusCode: status = 0 } = response;
      const body = status === 200 ? await readLimitedBody(response, most) : null;
      if (body?.kind !== 'whole') response.destroy();
      if (body === null) return { kind: 'trouble', why: `${quoted(host)} answered ${status}, expected 200`, ...(status === 401 || status === 403 ? { isRefused: true } : {}) };
      if (body.kind !== 'whole') return { kind: 'trouble', why: `${quoted(host)} answered with a body that is ${body.kind === 'too-large' ? 'too large' : 'packed'}, expected at most ${most} bytes of JSON` };
      const judgement = readJudgement(body.bytes);
      if (judgement === null || tellsSecret(judgement.id, secret)) return { kind: 'trouble', why: `${quoted(host)} answered something else than a judgement, expected JSON with id, label and score` };
      return { kind: 'judged', judgement };
    },
  });
  if (answered.kind !== 'answered') return { kind: 'trouble', why: answered.why };
  if ('isRefused' in answered.value) await judge.token?.refreshAfterRefusal();
  return answered.value;
}

import { createHash } from 'node:crypto';
import type { TokenVerdict } from '../tokens/token-verdict.ts';
import type { VerifyToken } from '../tokens/verify-token.ts';
import type { Problem } from './problem.ts';

/** `digest`: SHA-256 of the token, in hex. */
export type Bearer = (Extract<TokenVerdict, { kind: 'verified' }> & { readonly digest: string }) | { readonly kind: 'problem'; readonly problem: Problem };

/** Who sent a request, by its bearer token (RFC 6750). */
export async function bearerOf(authorization: string | undefined, verify: VerifyToken): Promise<Bearer> {
  const token = /^bearer +([^ ]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return problem({ status: 401, code: 'token_missing', detail: 'The request has no bearer token, expected one in the header authorization.' });
  const verdict = await verify(token);
  switch (verdict.kind) {
    case 'verified':
      return { ...verdict, digest: createHash('sha256').update(token).digest('hex') };
    case 'refused':
      return problem({ status: 401, code: 'token_refused', detail: `The token is refused: ${verdict.why}.` });
    case 'unavailable':
      return problem({ status: 503, code: 'token_unverifiable', detail: `The token can not be verified now: ${verdict.why}. Nothing is wrong with the request: send it again.`, retryAfter: 30 });
  }
}

function problem(its: Problem): Bearer {
  return { kind: 'problem', problem: its };
}

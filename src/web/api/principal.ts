import { member } from '../../domain/configuration/member.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { VerifyToken } from '../tokens/verify-token.ts';
import { bearerOf } from './bearer-token.ts';
import type { Problem } from './problem.ts';

/** What somebody may read and do. Each may read what `viewer` may. */
export const roles = ['viewer', 'auditor', 'approver', 'operator'] as const;

export type Role = (typeof roles)[number];

/** Who asks, by a token of the operator's own issuer. */
export interface Principal {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Ids of accounts at GitHub; `all`: each of them. */
  readonly accounts: readonly number[] | 'all';
}

/** In which claims a token says so. */
export interface PrincipalClaims {
  readonly roles: string;
  readonly accounts: string;
}

export interface PrincipalPorts {
  readonly verify: VerifyToken;
  readonly claims: PrincipalClaims;
}

export type PrincipalReading = { readonly kind: 'principal'; readonly principal: Principal } | { readonly kind: 'problem'; readonly problem: Problem };

/** Null ports: no issuer is configured, so nobody is known. */
export async function principalOf(ports: PrincipalPorts | null, authorization: string | undefined): Promise<PrincipalReading> {
  if (ports === null) return { kind: 'problem', problem: { status: 401, code: 'no_issuer', detail: 'Nobody can be known here: the server has no issuer of tokens. Whoever runs it sets API_ISSUER.' } };
  const bearer = await bearerOf(authorization, ports.verify);
  if (bearer.kind === 'problem') return bearer;
  const { claims } = bearer;
  const subject = member.text(claims, 'sub');
  if (subject === null) return { kind: 'problem', problem: { status: 401, code: 'token_refused', detail: 'The token is refused: its claim sub is no text.' } };
  const known = listOf(claims, ports.claims.roles).filter((role): role is Role => roles.some((one) => one === role));
  if (known.length === 0) return { kind: 'problem', problem: { status: 403, code: 'no_role', detail: `The token has no role in its claim ${ports.claims.roles}, expected one of ${roles.join(', ')}.` } };
  return { kind: 'principal', principal: { subject, roles: known, accounts: accountsOf(listOf(claims, ports.claims.accounts)) } };
}

/** Whether somebody may read what is of an account. */
export function mayRead({ accounts }: Principal, account: number): boolean {
  return accounts === 'all' || accounts.includes(account);
}

/** A list, or one text with blanks between its words, as `scope` has them. */
function listOf(claims: JsonObject, name: string): readonly string[] {
  const value: JsonValue | undefined = claims[name];
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.flatMap((one: JsonValue) => (typeof one === 'string' || typeof one === 'number' ? [String(one)] : [])) : [];
}

function accountsOf(listed: readonly string[]): Principal['accounts'] {
  return listed.includes('*') ? 'all' : listed.filter((one) => /^[1-9]\d{0,14}$/.test(one)).map(Number);
}

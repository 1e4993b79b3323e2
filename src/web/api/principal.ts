import { member } from '../../domain/configuration/member.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { VerifyToken } from '../tokens/verify-token.ts';
import { bearerOf } from './bearer-token.ts';
import type { Problem } from './problem.ts';

/** What somebody may read and do. Each may read what `viewer` may. */
export const roles = ['viewer', 'reader', 'auditor', 'approver', 'operator'] as const;

/** Who may read the log itself, and who read it. */
export const auditingRoles = ['auditor', 'operator'] as const satisfies readonly Role[];

/** Who may read source text of repositories, which nobody may by another role. */
export const readingRoles = ['reader'] as const satisfies readonly Role[];

export type Role = (typeof roles)[number];

/** Who asks, by a token of the operator's own issuer. */
export interface Principal {
  readonly subject: string;
  /** SHA-256 of the token, in hex: tells tokens apart, and is of no use to anybody. */
  readonly token: string;
  readonly roles: readonly Role[];
  /** Ids of accounts at GitHub; `all`: each of them. */
  readonly accounts: readonly number[] | 'all';
  /** Id of their own account at GitHub; null: the token does not say. */
  readonly person: number | null;
}

/** In which claims a token says so. */
export interface PrincipalClaims {
  readonly roles: string;
  readonly accounts: string;
  /** Null: no claim says who somebody is at GitHub, and nobody approves by a token. */
  readonly githubUserId: string | null;
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
  const { claims, digest } = bearer;
  const subject = member.text(claims, 'sub') ?? '';
  if (subject === '') return { kind: 'problem', problem: { status: 401, code: 'token_refused', detail: 'The token is refused: its claim sub is no text.' } };
  const known = listOf(claims, ports.claims.roles).filter((role): role is Role => roles.some((one) => one === role));
  if (known.length === 0) return { kind: 'problem', problem: { status: 403, code: 'no_role', detail: `The token has no role in its claim ${ports.claims.roles}, expected one of ${roles.join(', ')}.` } };
  return { kind: 'principal', principal: { subject, token: digest, roles: known, accounts: accountsOf(listOf(claims, ports.claims.accounts)), person: personOf(claims, ports.claims.githubUserId) } };
}

/** Whether somebody may read what is of an account. */
export function mayRead({ accounts }: Principal, account: number): boolean {
  return accounts === 'all' || accounts.includes(account);
}

/** A list, or one text with blanks between its words, as `scope` has them. */
function listOf(claims: JsonObject, name: string): readonly string[] {
  const value: JsonValue | undefined = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.flatMap((one: JsonValue) => (typeof one === 'string' || typeof one === 'number' ? [String(one)] : [])) : [];
}

/** A number, or its digits as a text. */
function personOf(claims: JsonObject, name: string | null): number | null {
  const value = name === null || !Object.hasOwn(claims, name) ? null : claims[name];
  const digits = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return isId(digits) ? Number(digits) : null;
}

function accountsOf(listed: readonly string[]): Principal['accounts'] {
  return listed.includes('*') ? 'all' : listed.filter(isId).map(Number);
}

function isId(digits: string): boolean {
  return /^[1-9]\d{0,14}$/.test(digits);
}

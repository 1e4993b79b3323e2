import type { PrincipalClaims } from '../web/api/principal.ts';
import { issuerAddress } from './issuer-address.ts';
import { bad, choiceSetting, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

/** Whose tokens the API takes, and where they say who somebody is. */
export interface ApiIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly claims: PrincipalClaims;
}

const others = ['API_AUDIENCE', 'API_ROLES_CLAIM', 'API_ACCOUNTS_CLAIM', 'API_GITHUB_USER_ID_CLAIM'] as const;

interface ApiIssuerOptions {
  readonly publicUrl: string;
  readonly isDevelopment: boolean;
}

/**
 * Null: the API is switched off, and answers 401. A part of an issuer alone is a mistake, and so is an API without one.
 * @returns Each thing that is wrong by itself.
 */
export function apiIssuerSetting(environment: Environment, options: ApiIssuerOptions): Setting<ApiIssuer | null> | { readonly kind: 'all-bad'; readonly why: readonly string[] } {
  const switched = choiceSetting(environment, 'API', ['on', 'off'], textOf(environment, 'API_ISSUER') === null ? 'off' : 'on');
  if (switched.kind === 'bad') return switched;
  const issuer = textOf(environment, 'API_ISSUER');
  const lone = issuer === null ? others.filter((name) => textOf(environment, name) !== null) : [];
  const isOn = switched.value === 'on' || lone.length > 0;
  if (!isOn) return good(null);
  const address = issuer === null ? bad(noIssuer(lone)) : issuerAddress('API_ISSUER', issuer, options.isDevelopment);
  const audience = audienceSetting(environment, options);
  const claims = claimsSetting(environment);
  const wrong = [address, audience, ...claims].flatMap((setting) => (setting.kind === 'bad' ? [setting.why] : []));
  const [roles, accounts, githubUserId] = claims.map((setting) => (setting.kind === 'good' ? setting.value : null));
  if (address.kind === 'bad' || audience.kind === 'bad' || wrong.length > 0) return { kind: 'all-bad', why: wrong };
  if (switched.value === 'off') return good(null);
  // As it is written: what `iss` says is compared letter by letter.
  return good({ issuer: issuer ?? '', audience: audience.value, claims: { roles: roles ?? 'roles', accounts: accounts ?? 'accounts', githubUserId: githubUserId ?? null } });
}

function noIssuer(lone: readonly string[]): string {
  if (lone.length === 0) return 'API is "on" without API_ISSUER, expected the issuer of OpenID Connect tokens with which people and programs ask';
  return `${lone.join(', ')} ${lone.length === 1 ? 'is' : 'are'} set without API_ISSUER, expected the issuer whose tokens are meant`;
}

/** Tokens have to be made for this server alone: an address that every trial has is no name of one. */
function audienceSetting(environment: Environment, { publicUrl, isDevelopment }: ApiIssuerOptions): Setting<string> {
  const audience = textOf(environment, 'API_AUDIENCE');
  if (audience !== null) return /^\S{1,300}$/.test(audience) ? good(audience) : bad(`API_AUDIENCE is ${quoted(audience)}, expected a text without blanks`);
  if (!isDevelopment && textOf(environment, 'PUBLIC_URL') === null) return bad('API_AUDIENCE is not set, and PUBLIC_URL neither: tokens have to be made for this server, expected the name that its issuer gives it');
  return good(publicUrl);
}

function claimsSetting(environment: Environment): readonly Setting<string | null>[] {
  const named = { API_ROLES_CLAIM: textOf(environment, 'API_ROLES_CLAIM'), API_ACCOUNTS_CLAIM: textOf(environment, 'API_ACCOUNTS_CLAIM'), API_GITHUB_USER_ID_CLAIM: textOf(environment, 'API_GITHUB_USER_ID_CLAIM') };
  return Object.entries(named).map(([name, claim]) => (claim === null || /^[\w:/.-]{1,200}$/.test(claim) ? good(claim) : bad(`${name} is ${quoted(claim)}, expected the name of a claim`)));
}

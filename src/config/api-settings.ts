import type { PrincipalClaims } from '../web/api/principal.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import { webAddress } from './address-settings.ts';

/** Whose tokens the API takes, and where they say who somebody is. */
export interface ApiIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly claims: PrincipalClaims;
}

/** Null: no issuer, and the API answers 401. A part of it alone is a mistake. */
export function apiIssuerSetting(environment: Environment, publicUrl: string): Setting<ApiIssuer | null> {
  const issuer = textOf(environment, 'API_ISSUER');
  const others = ['API_AUDIENCE', 'API_ROLES_CLAIM', 'API_ACCOUNTS_CLAIM'].filter((name) => textOf(environment, name) !== null);
  if (issuer === null) return others.length === 0 ? good(null) : bad(`${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} set without API_ISSUER, expected the issuer whose tokens are meant`);
  const address = webAddress('API_ISSUER', issuer);
  if (address.kind === 'bad') return address;
  const claims = { roles: textOf(environment, 'API_ROLES_CLAIM') ?? 'roles', accounts: textOf(environment, 'API_ACCOUNTS_CLAIM') ?? 'accounts' };
  const wrong = Object.entries(claims).find(([, claim]) => !/^[\w:/.-]{1,200}$/.test(claim));
  if (wrong !== undefined) return bad(`API_${wrong[0].toUpperCase()}_CLAIM is ${quoted(wrong[1])}, expected the name of a claim`);
  // As it is written: what `iss` says is compared letter by letter.
  return good({ issuer, audience: textOf(environment, 'API_AUDIENCE') ?? publicUrl, claims });
}

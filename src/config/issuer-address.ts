import { isLoopback, webAddress } from './address-settings.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

/** Names that are nobody's, kept for examples and tests (RFC 2606, RFC 6761). */
const reserved = /(?:^|\.)(?:test|example|invalid|localhost|example\.(?:com|net|org))\.?$/i;

/** Names under which issuers run that give a token to everybody. */
const mock = /(?:^|[.-])(?:mock|fake|dummy|stub)(?:[.-]|$)|(?:mock|fake)-?(?:oauth2?|oidc|issuer|idp|auth)/i;

/** Issuer of the OpenID Connect tokens that runs of workflows have; on a GitHub of one's own `https://<host>/_services/token`. */
export function actionsIssuerSetting(environment: Environment, isDevelopment: boolean): Setting<string> {
  return issuerAddress('ACTIONS_TOKEN_ISSUER', textOf(environment, 'ACTIONS_TOKEN_ISSUER') ?? 'https://token.actions.githubusercontent.com', isDevelopment);
}

/** The address of an issuer. But for trials on this machine it is https, and none of those that give a token to everybody. */
export function issuerAddress(name: string, text: string, isDevelopment: boolean): Setting<string> {
  const address = webAddress(name, text);
  if (address.kind === 'bad' || isDevelopment) return address;
  const { protocol, hostname } = new URL(text);
  if (protocol !== 'https:') return bad(`${name} is ${quoted(text)}, expected https`);
  if (isLoopback(hostname) || reserved.test(hostname)) return bad(`${name} is ${quoted(text)}, an address for trials, expected the issuer that knows your people (PLUMBLINE_MODE=development allows it)`);
  if (mock.test(hostname)) return bad(`${name} is ${quoted(text)}, a mock that gives a token to everybody, expected the issuer that knows your people (PLUMBLINE_MODE=development allows it)`);
  return good(address.value);
}

import { Failure } from '../domain/failure.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { AwsCredentials } from './aws-signature.ts';
import { callService, textIn } from './service-call.ts';
import type { CallSettings, ServiceRequest } from './service-call.ts';

/** Where credentials for AWS come from; secrets behind functions, so that no print of settings shows them. Files are read anew with each renewal: whoever runs the container rotates them. */
export type AwsCredentialSource =
  | { readonly kind: 'static'; readonly read: () => AwsCredentials }
  /** The address that ECS and EKS Pod Identity give a container, and the file with the token for it. */
  | { readonly kind: 'container'; readonly url: string; readonly readToken: () => string | null }
  /** A role of a Kubernetes service account (IRSA), by a token that STS exchanges. */
  | { readonly kind: 'web-identity'; readonly url: string; readonly role: string; readonly readToken: () => string };

export interface AwsLogin {
  readonly credentials: () => Promise<AwsCredentials>;
  /** Forgets them: the next caller has new ones. */
  readonly renew: () => Promise<void>;
}

interface Kept {
  readonly credentials: AwsCredentials;
  readonly expires: number;
}

/** Credentials, renewed five minutes before they expire. */
export function awsLogin(source: AwsCredentialSource, settings: CallSettings, now: () => Date): AwsLogin {
  let kept: Kept | null = null;
  const current = async (): Promise<AwsCredentials> => {
    if (source.kind === 'static') return source.read();
    if (kept === null || kept.expires - earlyMs < now().getTime()) kept = keptOf(await ask(source, settings));
    return kept.credentials;
  };
  return {
    credentials: current,
    renew: async () => {
      kept = null;
    },
  };
}

async function ask(source: Exclude<AwsCredentialSource, { kind: 'static' }>, settings: CallSettings): Promise<JsonObject> {
  const answer = await callService({ what: 'read credentials for AWS', request: async () => requestTo(source), refusalOf: ({ status }) => (status === 200 || status >= 500 || status === 429 ? null : { kind: 'refused', why: `status ${status}` }) }, settings);
  if (source.kind === 'container') return answer;
  const result = answer['AssumeRoleWithWebIdentityResponse'];
  const inner = isJsonObject(result) ? result['AssumeRoleWithWebIdentityResult'] : undefined;
  const credentials = isJsonObject(inner) ? inner['Credentials'] : undefined;
  return isJsonObject(credentials) ? credentials : {};
}

function requestTo(source: Exclude<AwsCredentialSource, { kind: 'static' }>): ServiceRequest {
  if (source.kind === 'container') {
    const token = source.readToken();
    return { method: 'GET', url: source.url, headers: { accept: 'application/json', ...(token === null ? {} : { authorization: token }) } };
  }
  const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: source.role, RoleSessionName: 'plumbline', WebIdentityToken: source.readToken() }).toString();
  return { method: 'POST', url: source.url, headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }, body };
}

/** The container answers `Token` and a text, STS `SessionToken` and seconds since 1970. */
function keptOf(answer: JsonObject): Kept {
  const expiration = answer['Expiration'];
  const expires = typeof expiration === 'number' ? expiration * 1_000 : Date.parse(textIn(answer, 'Expiration'));
  const credentials = { accessKeyId: textIn(answer, 'AccessKeyId'), secretAccessKey: textIn(answer, 'SecretAccessKey'), sessionToken: textIn(answer, 'SessionToken') || textIn(answer, 'Token') || null };
  if (credentials.accessKeyId === '' || credentials.secretAccessKey === '' || Number.isNaN(expires)) throw new Failure('KEY_REFUSED', 'Cannot read credentials for AWS: found an answer without AccessKeyId, SecretAccessKey or Expiration, expected temporary credentials. Nothing was signed. Check the role of this container.');
  return { credentials, expires };
}

const earlyMs = 5 * 60_000;

import type { AwsCredentialSource } from '../keys/aws-credentials.ts';
import type { GcpIdentity } from '../keys/gcp-login.ts';
import { isLoopback } from './address-settings.ts';
import { parsePrivateKey, pemOf } from './private-key.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import type { ReadText } from './text-or-file.ts';
import { readTokenFile } from './vault-settings.ts';

/** Who asks AWS, by the names that its own tools use, in their order: keys, a role of a service account, the container. */
export function awsCredentialsSetting(environment: Environment, readText: ReadText, stsUrl: string): Setting<AwsCredentialSource> {
  const [accessKeyId, secretAccessKey] = [textOf(environment, 'AWS_ACCESS_KEY_ID'), textOf(environment, 'AWS_SECRET_ACCESS_KEY')];
  if (accessKeyId !== null && secretAccessKey !== null) return good({ kind: 'static', read: () => ({ accessKeyId, secretAccessKey, sessionToken: textOf(environment, 'AWS_SESSION_TOKEN') }) });
  if (accessKeyId !== null || secretAccessKey !== null) return bad('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY belong together, expected both or none');
  const [tokenFile, role] = [textOf(environment, 'AWS_WEB_IDENTITY_TOKEN_FILE'), textOf(environment, 'AWS_ROLE_ARN')];
  if (tokenFile !== null && role !== null) return good({ kind: 'web-identity', url: stsUrl, role, readToken: () => readTokenFile('AWS_WEB_IDENTITY_TOKEN_FILE', tokenFile, readText) });
  return containerSetting(environment, readText);
}

function containerSetting(environment: Environment, readText: ReadText): Setting<AwsCredentialSource> {
  const relative = textOf(environment, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
  const full = relative === null ? textOf(environment, 'AWS_CONTAINER_CREDENTIALS_FULL_URI') : `http://169.254.170.2${relative}`;
  if (full === null) return bad('AWS_ACCESS_KEY_ID is not set, and neither are AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, nor the credentials of a container: give the server an identity at AWS');
  const url = URL.parse(full);
  // Plain HTTP only to where AWS itself serves it: this machine, and the link-local addresses of ECS and EKS.
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && (isLoopback(url.hostname) || ['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]'].includes(url.hostname))))) return bad(`AWS_CONTAINER_CREDENTIALS_FULL_URI is ${quoted(full)}, expected https, or the address that ECS or EKS sets`);
  const [token, file] = [textOf(environment, 'AWS_CONTAINER_AUTHORIZATION_TOKEN'), textOf(environment, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE')];
  return good({ kind: 'container', url: url.href, readToken: () => (file === null ? token : readTokenFile('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', file, readText)) });
}

/** Who asks Google Cloud: the service account of the file in GOOGLE_APPLICATION_CREDENTIALS, else what the metadata server says. */
export function gcpIdentitySetting(environment: Environment, readText: ReadText): Setting<GcpIdentity> {
  const path = textOf(environment, 'GOOGLE_APPLICATION_CREDENTIALS');
  if (path === null) return metadataSetting(environment);
  const expected = 'expected the JSON key file of a service account';
  try {
    const { type, client_email: email, private_key_id: keyId, private_key: pem }: Record<string, unknown> = JSON.parse(readText(path));
    const key = typeof pem === 'string' ? parsePrivateKey(pem) : null;
    if (type !== 'service_account' || typeof email !== 'string' || typeof keyId !== 'string' || key?.asymmetricKeyType !== 'rsa') return bad(`GOOGLE_APPLICATION_CREDENTIALS names a file of another kind, ${expected}; leave it out where the workload has an identity of its own`);
    const kept = pemOf(key);
    return good({ kind: 'account', email, keyId, readKey: () => kept });
  } catch {
    // What broke may quote the key.
    return bad(`GOOGLE_APPLICATION_CREDENTIALS names ${quoted(path)}, which can not be read, ${expected}`);
  }
}

/** Plain HTTP: the metadata server has no other, and no way leads to it from outside. */
function metadataSetting(environment: Environment): Setting<GcpIdentity> {
  const host = textOf(environment, 'GCE_METADATA_HOST') ?? 'metadata.google.internal';
  if (!/^(metadata\.google\.internal|169\.254\.169\.254|127\.0\.0\.1:\d{1,5})$/.test(host)) return bad(`GCE_METADATA_HOST is ${quoted(host)}, expected metadata.google.internal or 169.254.169.254`);
  return good({ kind: 'metadata', url: `http://${host}` });
}

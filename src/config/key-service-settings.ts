import type { AwsCredentialSource } from '../keys/aws-credentials.ts';
import type { GcpIdentity } from '../keys/gcp-login.ts';
import { vaultKeyRef } from '../keys/vault-transit.ts';
import { parsePrivateKey, pemOf } from './private-key.ts';
import { Secret } from './secret.ts';
import { awsCredentialsSetting, gcpIdentitySetting } from './cloud-identity.ts';
import { serviceAddress, vaultSetting } from './vault-settings.ts';
import type { VaultSettings } from './vault-settings.ts';
import { bad, choiceSetting, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import { textOrFileSetting } from './text-or-file.ts';
import type { ReadText } from './text-or-file.ts';

/** Where the server's keys are kept, beside those that it is given as PEM. */
export type KeyServiceSettings =
  | { readonly kind: 'local' }
  | { readonly kind: 'awskms'; readonly region: string; readonly url: string; readonly credentials: AwsCredentialSource }
  | { readonly kind: 'gcpkms'; readonly url: string; readonly identity: GcpIdentity }
  | { readonly kind: 'vault'; readonly vault: VaultSettings };

/** A key of the server: itself, or what names it in the key service. */
export type GivenKey = { readonly kind: 'pem'; readonly pem: Secret } | { readonly kind: 'reference'; readonly keyRef: string };

export interface KeySettings {
  readonly keyService: KeyServiceSettings;
  /** Signs envelopes; null: the log key does. */
  readonly signingKey: GivenKey | null;
  readonly previousSigningKey: GivenKey | null;
  /** The log key in the key service; null: LOG_KEY, or the one in the data directory. */
  readonly logKeyRef: string | null;
}

/** Takes a setting, or notes what is wrong with it and goes on. */
export type Take = <Value>(setting: Setting<Value>, otherwise: Value) => Value;

export interface KeyReading {
  readonly environment: Environment;
  readonly readText: ReadText;
  readonly isDevelopment: boolean;
  readonly take: Take;
}

const kinds = ['local', 'awskms', 'gcpkms', 'vault'] as const;

/** The settings of the key service, all that is wrong told at once. */
export function readKeySettings(reading: KeyReading): KeySettings {
  const { environment, take } = reading;
  const kind = take<(typeof kinds)[number]>(choiceSetting(environment, 'KEY_SERVICE', kinds, 'local'), 'local');
  const signingKey = take(givenKeySetting(reading, 'SIGNING_KEY', kind), null);
  const previousSigningKey = take(givenKeySetting(reading, 'SIGNING_KEY_PREVIOUS', kind), null);
  const logKeyRef = take(logKeyRefSetting(environment, kind), null);
  if (kind !== 'local' && ['SIGNING_KEY', 'SIGNING_KEY_PATH', 'LOG_KEY_REF'].every((name) => textOf(environment, name) === null)) take(bad(`KEY_SERVICE is ${quoted(kind)} and names no key: set SIGNING_KEY, LOG_KEY_REF or both`), null);
  return { keyService: serviceOf(kind, reading, signingKey), signingKey, previousSigningKey, logKeyRef };
}

/** What must never be printed of them, also not inside another text. */
export function secretsIn(settings: KeyServiceSettings): readonly string[] {
  switch (settings.kind) {
    case 'local':
      return [];
    case 'awskms': {
      if (settings.credentials.kind !== 'static') return [];
      const { secretAccessKey, sessionToken } = settings.credentials.read();
      return sessionToken === null ? [secretAccessKey] : [secretAccessKey, sessionToken];
    }
    case 'gcpkms':
      return settings.identity.kind === 'account' ? [settings.identity.readKey()] : [];
    case 'vault':
      return settings.vault.token === null ? [] : [settings.vault.token.reveal()];
  }
}

function serviceOf(kind: (typeof kinds)[number], { environment, readText, isDevelopment, take }: KeyReading, signingKey: GivenKey | null): KeyServiceSettings {
  const address = (otherwise: string): string => take(serviceAddress('KEY_SERVICE_URL', textOf(environment, 'KEY_SERVICE_URL') ?? otherwise, isDevelopment), otherwise);
  switch (kind) {
    case 'local':
      return { kind };
    case 'awskms': {
      const keyRef = signingKey?.kind === 'reference' ? signingKey.keyRef : (textOf(environment, 'LOG_KEY_REF') ?? '');
      const region = take(regionSetting(environment, keyRef), 'none');
      const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
      return { kind, region, url: address(`https://kms.${region}.${domain}`), credentials: take(awsCredentialsSetting(environment, readText, `https://sts.${region}.${domain}/`), noCredentials) };
    }
    case 'gcpkms':
      return { kind, url: address('https://cloudkms.googleapis.com'), identity: take(gcpIdentitySetting(environment, readText), { kind: 'metadata', url: '' }) };
    case 'vault':
      return { kind, vault: take(vaultSetting(environment, readText, isDevelopment), noVault) };
  }
}

/** Never used: what they stand in for keeps the server from starting. */
const noCredentials: AwsCredentialSource = { kind: 'static', read: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: null }) };
const noVault: VaultSettings = { url: '', namespace: null, token: null, readToken: () => '' };

function regionSetting(environment: Environment, keyRef: string): Setting<string> {
  const region = textOf(environment, 'AWS_REGION') ?? textOf(environment, 'AWS_DEFAULT_REGION') ?? /^arn:[a-z-]+:kms:([a-z0-9-]+):/.exec(keyRef)?.[1] ?? null;
  if (region === null) return bad('AWS_REGION is not set: name the region of the keys, or the key by its ARN');
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region) ? good(region) : bad(`AWS_REGION is ${quoted(region)}, expected one as eu-central-1`);
}

function givenKeySetting({ environment, readText }: KeyReading, name: string, service: (typeof kinds)[number]): Setting<GivenKey | null> {
  const given = textOrFileSetting(environment, name, readText);
  if (given.kind === 'bad') return given;
  if (given.value === null) return good(null);
  const { text, name: said } = given.value;
  const pem = parsePrivateKey(text);
  if (pem !== null) {
    const isOurs = pem.asymmetricKeyType === 'ed25519' || (pem.asymmetricKeyType === 'ec' && pem.asymmetricKeyDetails?.namedCurve === 'prime256v1');
    if (!isOurs) return bad(`${said} holds a key of another kind, expected ES256 (P-256) or Ed25519: make one with \`openssl genpkey -algorithm ed25519\``);
    // The key before may have been a local one; the one in force is where the key service is.
    return service === 'local' || name !== 'SIGNING_KEY' ? good({ kind: 'pem', pem: new Secret(pemOf(pem)) }) : bad(`${said} holds a key, expected what names one in ${service}: a key that is here is not in the service`);
  }
  if (service === 'local') return bad(`${said} holds no private key, expected ES256 (P-256) or Ed25519 in PEM form`);
  return isReference(text.trim(), service) ? good({ kind: 'reference', keyRef: text.trim() }) : bad(`${said} is no reference to a key of ${service}, expected ${forms[service]}`);
}

function logKeyRefSetting(environment: Environment, service: (typeof kinds)[number]): Setting<string | null> {
  const text = textOf(environment, 'LOG_KEY_REF');
  if (text === null) return good(null);
  if (textOf(environment, 'LOG_KEY') !== null) return bad('LOG_KEY and LOG_KEY_REF are both set, expected one of them');
  if (service === 'local') return bad('LOG_KEY_REF names a key of a key service, and KEY_SERVICE names none: set it, or LOG_KEY');
  return isReference(text, service) ? good(text) : bad(`LOG_KEY_REF is ${quoted(text)}, expected ${forms[service]}`);
}

function isReference(text: string, service: Exclude<(typeof kinds)[number], 'local'>): boolean {
  return patterns[service].test(text);
}

const patterns = {
  awskms: /^(arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/[A-Za-z0-9/_-]{1,256}|alias\/[A-Za-z0-9/_-]{1,250}|[0-9a-f]{8}-[0-9a-f-]{27}|mrk-[0-9a-f]{32})$/,
  gcpkms: /^projects\/[A-Za-z0-9.:-]+\/locations\/[a-z0-9-]+\/keyRings\/[A-Za-z0-9_-]+\/cryptoKeys\/[A-Za-z0-9_-]+\/cryptoKeyVersions\/[1-9]\d*$/,
  vault: vaultKeyRef,
};

const forms = {
  awskms: 'an ARN, an id or alias/<name>',
  gcpkms: 'projects/…/locations/…/keyRings/…/cryptoKeys/…/cryptoKeyVersions/<number>',
  vault: '<mount>/<name>:<version>, as transit/plumbline:1',
};

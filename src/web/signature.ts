import { pino } from 'pino';
import { Probot } from 'probot';

export interface SignatureOptions {
  readonly appId: number;
  readonly privateKey: string;
  /** The secret in force and, while it is being replaced, the one before. Never empty: Probot would take a public default. */
  readonly secrets: readonly [string, ...string[]];
}

/** Whether the header is the signature of exactly these bytes under one of the secrets. */
export type VerifySignature = (body: Uint8Array, header: string) => Promise<boolean>;

/** HMAC-SHA256 as GitHub signs deliveries, compared in constant time by Probot's `webhooks.verify`. */
export async function createVerifier(options: SignatureOptions): Promise<VerifySignature> {
  const probots = await Promise.all(options.secrets.map((secret) => probotFor(options, secret)));
  return async (body, header) => {
    if (!isSignature(header)) return false;
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    if (text === '') return false;
    const answers = await Promise.all(probots.map((probot) => probot.webhooks.verify(text, header)));
    return answers.includes(true);
  };
}

/** The one form that GitHub sends: lower-case hex of SHA-256. SHA-1 signatures are not looked at. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/.test(header);
}

async function probotFor(options: SignatureOptions, secret: string): Promise<Probot> {
  if (secret === '') throw new TypeError('Cannot verify deliveries: found an empty secret, expected the one from the GitHub App settings');
  const probot = new Probot({ appId: options.appId, privateKey: options.privateKey, secret, log: pino({ level: 'silent' }) });
  return probot.ready();
}

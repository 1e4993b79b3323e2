import { pino } from 'pino';
import { Probot } from 'probot';

export interface SignatureOptions {
  readonly appId: number;
  readonly privateKey: string;
  /** The secret in force and, while it is being replaced, the other one, as they are now. */
  readonly secrets: () => readonly string[];
  /** Asked after a wrong signature: whether other secrets are in force by now. */
  readonly renew?: () => Promise<boolean>;
}

/** Whether the header is the signature of exactly these bytes under one of the secrets. */
export type VerifySignature = (body: Uint8Array, header: string) => Promise<boolean>;

/** HMAC-SHA256 as GitHub signs deliveries, compared in constant time by Probot's `webhooks.verify`. */
export async function createVerifier(options: SignatureOptions): Promise<VerifySignature> {
  const probots = new Map<string, Promise<Probot>>();
  const probotOf = async (secret: string): Promise<Probot> => {
    if (probots.size >= mostKept) probots.clear();
    const probot = probots.get(secret) ?? probotFor(options, secret);
    probots.set(secret, probot);
    return await probot;
  };
  const isSigned = async (text: string, header: string): Promise<boolean> => {
    // All of them, always: how long it takes tells nobody which one was tried.
    const answers = await Promise.all(options.secrets().map(async (secret) => (await probotOf(secret)).webhooks.verify(text, header)));
    return answers.includes(true);
  };
  await Promise.all(options.secrets().map(probotOf));
  return async (body, header) => {
    if (!isSignature(header)) return false;
    const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
    if (text === '') return false;
    return (await isSigned(text, header)) || ((await options.renew?.()) === true && (await isSigned(text, header)));
  };
}

/** Secrets come and go in pairs. */
const mostKept = 8;

/** The one form that GitHub sends: lower-case hex of SHA-256. SHA-1 signatures are not looked at. */
export function isSignature(header: string | undefined): header is string {
  return header !== undefined && /^sha256=[0-9a-f]{64}$/.test(header);
}

async function probotFor(options: SignatureOptions, secret: string): Promise<Probot> {
  if (secret === '') throw new TypeError('Cannot verify deliveries: found an empty secret, expected the one from the GitHub App settings');
  const probot = new Probot({ appId: options.appId, privateKey: options.privateKey, secret, log: pino({ level: 'silent' }) });
  return probot.ready();
}

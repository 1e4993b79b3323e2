import type { KeptSecret } from './kept-secret.ts';
import { keptSecretSetting } from './kept-secret-setting.ts';
import type { SecretReading } from './kept-secret-setting.ts';
import { Secret } from './secret.ts';
import { bad, good, textOf } from './settings.ts';
import type { Setting } from './settings.ts';

const leastBytes = 32;
const leastDevelopmentBytes = 16;

/** Secrets that stand in public documentation: whoever knows one can forge deliveries. */
const published = new Set(['development', 'changeme', 'secret', 'your-webhook-secret', "it's a secret to everybody", '0123456789abcdef0123456789abcdef']);

/** The webhook secret in force. */
export function webhookSecretSetting(reading: Reading): Setting<KeptSecret> {
  const setting = keptSecretSetting('WEBHOOK_SECRET', { ...reading, check: (text, said) => (text === null ? bad(`${said} holds nothing, expected the secret from the GitHub App settings`) : checked(said, text, leastOf(reading))) });
  if (setting.kind === 'bad') return setting;
  return setting.value === null ? bad('WEBHOOK_SECRET is not set: copy it from the GitHub App settings') : good(setting.value);
}

/** The other secret during a change, the one before or the one to come: accepted beside it until it is taken out. */
export function previousSecretSetting(reading: Reading): Setting<KeptSecret | null> {
  const given = textOf(reading.environment, 'WEBHOOK_SECRET_PREVIOUS');
  if (given !== null && given === textOf(reading.environment, 'WEBHOOK_SECRET')) return bad('WEBHOOK_SECRET_PREVIOUS equals WEBHOOK_SECRET, expected the secret before it');
  return keptSecretSetting('WEBHOOK_SECRET_PREVIOUS', { ...reading, check: (text, said) => (text === null ? good(null) : checked(said, text, leastOf(reading))) });
}

type Reading = Omit<SecretReading, 'check'>;

function leastOf({ isDevelopment }: Reading): number {
  return isDevelopment ? leastDevelopmentBytes : leastBytes;
}

function checked(name: string, given: string, least: number): Setting<Secret> {
  // A file ends with a line end that is no part of it.
  const text = given.trim();
  if (published.has(text.toLowerCase())) return bad(`${name} is a secret that everybody knows, expected ${leastBytes} random bytes or more: make one with \`openssl rand -hex 32\``);
  const found = Buffer.byteLength(text);
  if (found < least) return bad(`${name} has ${found} bytes, expected ${least} or more: make one with \`openssl rand -hex 32\` and enter it in the GitHub App settings too`);
  if (new Set(text).size < 8) return bad(`${name} repeats a few characters, expected a random value: make one with \`openssl rand -hex 32\``);
  return good(new Secret(text));
}

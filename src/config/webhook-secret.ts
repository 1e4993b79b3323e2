import { Secret } from './secret.ts';
import { bad, good, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

const leastBytes = 32;
const leastDevelopmentBytes = 16;

/** Secrets that stand in public documentation: whoever knows one can forge deliveries. */
const published = new Set(['development', 'changeme', 'secret', 'your-webhook-secret', "it's a secret to everybody", '0123456789abcdef0123456789abcdef']);

export function webhookSecretSetting(environment: Environment, isDevelopment: boolean): Setting<Secret> {
  const text = textOf(environment, 'WEBHOOK_SECRET');
  if (text === null) return bad('WEBHOOK_SECRET is not set: copy it from the GitHub App settings');
  return checked('WEBHOOK_SECRET', text, isDevelopment ? leastDevelopmentBytes : leastBytes);
}

/** The secret that is being replaced: accepted beside the new one until it is taken out. */
export function previousSecretSetting(environment: Environment, isDevelopment: boolean): Setting<Secret | null> {
  const text = textOf(environment, 'WEBHOOK_SECRET_PREVIOUS');
  if (text === null) return good(null);
  if (text === textOf(environment, 'WEBHOOK_SECRET')) return bad('WEBHOOK_SECRET_PREVIOUS equals WEBHOOK_SECRET, expected the secret before it');
  return checked('WEBHOOK_SECRET_PREVIOUS', text, isDevelopment ? leastDevelopmentBytes : leastBytes);
}

function checked(name: string, text: string, least: number): Setting<Secret> {
  if (published.has(text.toLowerCase())) return bad(`${name} is a secret that everybody knows, expected ${leastBytes} random bytes or more: make one with \`openssl rand -hex 32\``);
  const found = Buffer.byteLength(text);
  if (found < least) return bad(`${name} has ${found} bytes, expected ${least} or more: make one with \`openssl rand -hex 32\` and enter it in the GitHub App settings too`);
  if (new Set(text).size < 8) return bad(`${name} repeats a few characters, expected a random value: make one with \`openssl rand -hex 32\``);
  return good(new Secret(text));
}

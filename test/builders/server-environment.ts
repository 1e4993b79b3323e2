import { appKeyPem, webhookSecret } from './server-keys.ts';

/** Settings with which the server starts. */
export function anEnvironment(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string | undefined> {
  return { APP_ID: '4711', PRIVATE_KEY: appKeyPem, WEBHOOK_SECRET: webhookSecret, ...changes };
}

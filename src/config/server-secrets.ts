import type { Config } from '../config.ts';
import type { SecretWatch } from './kept-secret.ts';

const readEveryMs = 60_000;

/** Reads secrets that are kept elsewhere, before anything uses them. @throws Failure when one can not be had. */
export async function openSecrets(config: Config): Promise<void> {
  await Promise.all(secretsOf(config).map((secret) => secret.open()));
}

/** Reads secrets anew once a minute. @returns Ends it. */
export function watchSecrets(config: Config, watch: SecretWatch): () => void {
  const secrets = secretsOf(config);
  for (const secret of secrets) secret.watch(watch);
  const timer = setInterval(() => void Promise.all(secrets.map((secret) => secret.refresh())), readEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

function secretsOf({ privateKey, webhookSecret, previousWebhookSecret, judge }: Config) {
  return [privateKey, webhookSecret, ...(previousWebhookSecret === null ? [] : [previousWebhookSecret]), ...(judge === null || judge.token === null ? [] : [judge.token])];
}

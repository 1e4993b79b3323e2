import type { SecretSource } from '../flows/ports/secret-source.ts';

/** A secret in the environment: it stays what it was when the process was started. */
export function givenSecret(text: string): SecretSource {
  return { isRead: false, read: async () => text };
}

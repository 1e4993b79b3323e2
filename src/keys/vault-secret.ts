import { quote } from '../audit/quote.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { SecretSource } from '../flows/ports/secret-source.ts';
import { refusedAnswer } from './service-call.ts';
import type { AskVault } from './vault-client.ts';

/** `<mount>/data/<path>#<field>`, the path as the API of the engine KV version 2 has it. */
export const vaultSecretRef = /^((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/)+data(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+)#([A-Za-z0-9_.-]+)$/;

/** A field of a secret in Vault, of its newest version. A field that is empty or not there says that there is none; a secret that is deleted is refused. */
export function vaultSecret(ask: AskVault, reference: string): SecretSource {
  return {
    isRead: true,
    read: async () => {
      const what = `read the secret ${quote(reference)} of vault`;
      const [, path, field] = vaultSecretRef.exec(reference) ?? [];
      if (path === undefined || field === undefined) throw refusedAnswer(what, 'no question: that is no reference', '<mount>/data/<path>#<field>');
      const { data } = await ask(path, null, what);
      if (!isJsonObject(data)) throw refusedAnswer(what, 'no fields', 'a secret of the engine KV version 2');
      const value = data[field] ?? '';
      if (typeof value !== 'string') throw refusedAnswer(what, 'a field that is no text', 'a text');
      return value.trim() === '' ? null : value;
    },
  };
}

import { readFile } from 'node:fs/promises';
import { quote } from '../audit/quote.ts';
import { Failure } from '../domain/failure.ts';
import type { SecretSource } from '../flows/ports/secret-source.ts';

/** A secret in a file that somebody else replaces, as an agent or a mounted secret of Kubernetes. An empty file says that there is none. */
export function fileSecret(path: string): SecretSource {
  return {
    isRead: true,
    read: async () => {
      try {
        const text = await readFile(path, 'utf8');
        return text.trim() === '' ? null : text;
      } catch (thrown) {
        const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'an error';
        throw new Failure('KEY_UNAVAILABLE', `Cannot read the secret in ${quote(path)}: found ${code}, expected a file that this user may read. The last good value stays in force. Put the file back.`);
      }
    },
  };
}

import { readFile, stat } from 'node:fs/promises';
import { quote } from '../audit/quote.ts';
import { Failure } from '../domain/failure.ts';
import type { SecretSource } from '../flows/ports/secret-source.ts';

/** A secret in a file that somebody else replaces, as an agent or a mounted secret of Kubernetes. An empty file says that there is none. */
export function fileSecret(path: string): SecretSource {
  return {
    isRead: true,
    read: async () => {
      try {
        // A pipe never ends, and to wait for it would hold up every other secret.
        const file = await stat(path);
        if (!file.isFile() || file.size > mostBytes) throw refusal(path, file.isFile() ? `${file.size} bytes` : 'something else', `a plain file of at most ${mostBytes} bytes`);
        const text = await readFile(path, 'utf8');
        return text.trim() === '' ? null : text;
      } catch (thrown) {
        if (thrown instanceof Failure) throw thrown;
        throw refusal(path, thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'an error', 'a file that this user may read');
      }
    },
  };
}

function refusal(path: string, found: string, expected: string): Failure {
  return new Failure('KEY_UNAVAILABLE', `Cannot read the secret in ${quote(path)}: found ${found}, expected ${expected}. The last good value stays in force. Put the file back.`);
}

/** Keys have a few kilobytes. */
const mostBytes = 64 * 1024;

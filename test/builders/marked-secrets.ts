import { digestOfBytes } from '../../src/domain/digest.ts';
import type { SecretScanner } from '../../src/probes/secrets/secret-scanner.ts';

/** What stands for a secret in tests that are not about how one is found. */
export const markedSecret = 'marked-as-a-secret';

/** Finds lines that are marked, in this thread. */
export const markedSecrets: SecretScanner = {
  scan: async (batch) =>
    batch.map(({ text }) => {
      const lines = text.split('\n').map((line, index) => ({ rule: 'marked', line: index + 1, column: line.indexOf(markedSecret) + 1, digest: digestOfBytes(line) }));
      return { kind: 'scanned', secrets: lines.filter(({ column }) => column > 0) };
    }),
  prepare: () => {},
  close: async () => {},
};

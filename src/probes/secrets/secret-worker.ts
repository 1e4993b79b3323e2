/** Runs in a worker thread: texts come from pull requests, and patterns that others wrote run over them nowhere else. */
import { answerEach } from '../worker-threads/worker-side.ts';
import { findSecrets } from './find-secrets.ts';
import type { SecretsScanned, TextToScan } from './secret-scanner.ts';

// Each pattern once, before a text's time begins.
await findSecrets('a.txt', 'a');
answerEach<TextToScan, SecretsScanned>(
  async (document) => readText(document),
  async ({ path, text }) => ({ kind: 'scanned', secrets: await findSecrets(path, text) }),
);

/** As `createSecretScanner` sends it: a line of JSON that is the path, and behind it the text as it is. */
function readText(document: string): TextToScan {
  const end = document.indexOf('\n');
  return { path: JSON.parse(document.slice(0, end)), text: document.slice(end + 1) };
}

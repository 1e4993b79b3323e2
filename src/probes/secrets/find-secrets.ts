import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { digestOfBytes } from '../../domain/digest.ts';
import type { SecretPlace } from '../../domain/probe-answer.ts';
import { isSampleAddress } from './is-sample-address.ts';

/** Reads comments in the scanned text that switch the others off: who writes the text would decide what is found in it. */
const readsComments = '@secretlint/secretlint-rule-filter-comments';

const config = { rules: rules.filter(({ meta }) => meta.id !== readsComments).map((rule) => ({ id: rule.meta.id, rule })) };

// It notes when each rule began and ended on each text, for ever: that took three times as long as to look for secrets.
secretLintProfiler.setEnabled(false);

/** Places that have the form of a secret, in their order. What was found is told by its digest alone. */
export async function findSecrets(path: string, text: string): Promise<readonly SecretPlace[]> {
  const extension = /\.[^./]{1,20}$/.exec(path)?.[0] ?? '';
  const { messages } = await lintSource({ source: { filePath: path, content: text, contentType: 'text', ext: extension }, options: { config, locale: 'en', maskSecrets: true } });
  return messages.flatMap(({ ruleId, messageId, loc, range }) => {
    const rule = `${ruleId.replace(/^@secretlint\/secretlint-rule-/, '')}/${messageId}`;
    if (isSampleAddress(rule, text.slice(range[0], range[0] + 600))) return [];
    return [{ rule, line: loc.start.line, column: loc.start.column + 1, digest: digestOfBytes(text.slice(range[0], range[1])) }];
  });
}

import { bodyScans } from '../body-scan.ts';
import { limits } from '../limits.ts';
import type { Answer } from '../probe-answer.ts';
import type { ProbeKind } from '../probe-request.ts';
import type { JudgedInput } from './judged-input.ts';
import type { WhatWasJudged } from './write-judged-input.ts';

/**
 * Why what was judged is not written down: it has more bytes than anything that is kept, or a changed file or the text of a pull request may hold
 * somebody's secret, which an audit log must not pass on. Null where it may.
 */
export function whyNotKept({ root, parts }: JudgedInput, { snapshot, evidence }: Pick<WhatWasJudged, 'snapshot' | 'evidence'>): 'too-large' | 'secret' | null {
  if (bodyScans(snapshot).some((scan) => !evidence.has(scan))) return 'secret';
  if (evidence.entries().some(([key, answer]) => key.startsWith('secrets:') && !isFreeOfSecrets(answer))) return 'secret';
  const bytes = [root, ...parts].reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return bytes > limits.inputBytes ? 'too-large' : null;
}

/** What could not be looked through may hold one. */
function isFreeOfSecrets(answer: Answer<ProbeKind>): boolean {
  if (answer.kind === 'unavailable' || typeof answer.value !== 'object' || answer.value === null) return false;
  return 'secrets' in answer.value && answer.value.secrets.length === 0;
}

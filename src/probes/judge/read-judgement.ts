import { readDocument } from '../../domain/document/read-document.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { Judgement } from '../../domain/support/judgement.ts';

const labels: readonly Judgement['label'][] = ['supported', 'unsupported', 'contradicted'];

/** The answer of a judge to a question; null: it is none, it answers another question, or something stands in it that readers could take for different things. */
export function readJudgement(bytes: Uint8Array, question: string): Judgement | null {
  const reading = readDocument(bytes, 'json');
  const value = reading.kind === 'document' ? reading.document.value : null;
  if (!isJsonObject(value) || Object.keys(value).length !== 4 || value['question'] !== question) return null;
  const { id, score, label: said } = { id: value['id'], score: value['score'], label: value['label'] };
  const label = labels.find((one) => one === said);
  if (typeof id !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._/@+-]{0,99}$/.test(id)) return null;
  if (typeof score !== 'number' || !(score >= 0 && score <= 1) || label === undefined) return null;
  return { id, score, label };
}

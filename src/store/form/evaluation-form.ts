import type { EvaluationRecord } from '../../domain/evaluation-record.ts';
import { repositoryShape } from './repository-shape.ts';
import { object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

/** The record without its dates, which have columns. */
export const evaluationForm = storedForm<Omit<EvaluationRecord, 'startedAt' | 'awaitsUntil'>>(
  'an evaluation',
  object({ id: text, repository: repositoryShape, subject: text, head: text, rollUp: text }, { group: object({ headSha: text, headRef: text, baseSha: text, baseRef: text }) }),
);

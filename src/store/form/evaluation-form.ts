import type { EvaluationRecord } from '../../flows/ports.ts';
import { repositoryShape } from './repository-shape.ts';
import { object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

/** The record without its date, which has a column. */
export const evaluationForm = storedForm<Omit<EvaluationRecord, 'startedAt'>>('an evaluation', object({ id: text, repository: repositoryShape, subject: text, head: text, rollUp: text }));

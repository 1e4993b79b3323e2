import type { ConfidenceCase } from '../../domain/calibration/confidence-case.ts';
import { flag, integer, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const closed = object({ at: text, isMerged: flag, checks: nullable(oneOf('success', 'failure')), people: nullable(oneOf('approve', 'reject')) });

export const confidenceForm = storedForm<ConfidenceCase>(
  'what an agent reported',
  object({ repositoryId: integer, pullRequest: integer, agent: text, selfReport: { type: 'number' }, hasVerifiedCritical: flag, head: text, reportedAt: text, closed: nullable(closed), revertedAt: nullable(text) }),
);

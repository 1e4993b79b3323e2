import type { NotWritten } from '../../domain/remediation/write-answer.ts';

/** What came of performing a step. `moved`: others were faster, or it is not known what was written; everything is read again. */
export type StepOutcome = { readonly kind: 'done' } | NotWritten;

export const done: StepOutcome = { kind: 'done' };
export const moved: StepOutcome = { kind: 'moved' };

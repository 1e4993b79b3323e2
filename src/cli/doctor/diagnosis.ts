/** `unknown`: it could not be looked at here. It is never the same as well. */
export type DiagnosisState = 'ok' | 'warn' | 'fail' | 'unknown';

/** What one look found, with one next step where there is one. */
export interface Diagnosis {
  readonly name: string;
  readonly state: DiagnosisState;
  readonly found: string;
  readonly next: string | null;
}

export function diagnosis(name: string, state: DiagnosisState, found: string, next: string | null = null): Diagnosis {
  return { name, state, found, next };
}

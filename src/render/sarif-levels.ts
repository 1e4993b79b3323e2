import type { Severity } from '../domain/severity.ts';

/** SARIF has no level for "could not be known": it is shown as what it does, which is to block. */
export const sarifLevels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { deny: 'error', unknown: 'error', hold: 'warning', notice: 'note' };

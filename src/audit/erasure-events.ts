import type { AuditEvent } from './entry.ts';

/** Of entries that say that something was erased: by its age, or at somebody's request. */
export const erasureEvents: readonly AuditEvent[] = ['retention.applied', 'retention.erased'];

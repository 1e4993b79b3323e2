/** What the audit log calls what happened to a remediation. */
export type RemediationEvent = `remediation.${'intent' | 'created' | 'adopted' | 'updated' | 'skipped' | 'frozen' | 'superseded' | 'closed' | 'merged' | 'ineffective' | 'suppressed' | 'unsuppressed' | 'error'}`;

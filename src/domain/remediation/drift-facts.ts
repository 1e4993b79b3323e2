import type { DriftNow, RemediationState } from './remediation-state.ts';

/** Measurements in a row that confirm. */
const confirming = 2;

type Drifting = Extract<DriftNow, { kind: 'drift' }>;

/** The drift of the state's own fingerprint, where it is confirmed. */
export function ownDrift({ drift, fingerprint }: RemediationState): Drifting | null {
  return drift.kind === 'drift' && drift.fingerprint === fingerprint && drift.confirmations >= confirming ? drift : null;
}

/** Another drift of the same target, where it is confirmed. */
export function otherDrift({ drift, fingerprint }: RemediationState): Drifting | null {
  return drift.kind === 'drift' && drift.fingerprint !== fingerprint && drift.confirmations >= confirming ? drift : null;
}

export function isConfirmedPass({ drift }: RemediationState): boolean {
  return drift.kind === 'pass' && drift.confirmations >= confirming;
}

/** Whether nothing asks for it any more: the behaviour was taken away, by those who agree upon it. */
export function isGone({ drift }: RemediationState): boolean {
  return drift.kind === 'gone';
}

/** Whether something was measured, but not yet a second time. */
export function isUnconfirmed({ drift }: RemediationState): boolean {
  return (drift.kind === 'pass' || drift.kind === 'drift') && drift.confirmations < confirming;
}

/** Whether it is not known what is there. */
export function isEvidenceMissing({ drift }: RemediationState): boolean {
  return drift.kind === 'inconclusive' || drift.kind === 'error';
}

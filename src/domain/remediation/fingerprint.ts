import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';

/** Something of ours that judges or mends, in one version. */
export interface Versioned {
  readonly id: string;
  readonly version: string;
}

/**
 * What makes one drift this drift. Neither time, nor a run, nor a measured value: the same drift is the same on every scan, and
 * what is closed by a person stays closed.
 */
export interface DriftIdentity {
  readonly repositoryId: number;
  /** Full ref of the base branch, such as `refs/heads/main`. */
  readonly baseRef: string;
  readonly detector: Versioned;
  /** What drifted: a path, a behaviour, a setting. Hostile text. */
  readonly target: string;
  /** Of what was agreed. */
  readonly expected: Digest;
  /** The class of what was seen, a word such as `missing`: never a value. */
  readonly observed: string;
  readonly playbook: Versioned;
}

/** Names one drift: at most one pull request is open for it. */
export type Fingerprint = Digest;

/**
 * SHA-256 over the RFC 8785 form of the identity and the version of this scheme.
 * @throws TypeError when the class is a value, the id no id, or the target not Unicode.
 */
export function fingerprintOf(identity: DriftIdentity): Fingerprint {
  const { repositoryId, baseRef, detector, target, expected, observed, playbook } = identity;
  if (!observedClass.test(observed)) throw new TypeError(`Cannot fingerprint the class ${JSON.stringify(observed.slice(0, 80))}: expected a word such as "missing"`);
  if (!Number.isSafeInteger(repositoryId)) throw new TypeError(`Cannot fingerprint the repository ${repositoryId}: expected its id`);
  return digestOfValue({ schema: 'plumbline/remediation/v1', repositoryId, baseRef, detector: versioned(detector), target, expected, observed, playbook: versioned(playbook) });
}

/** Without a point or a sign: no number that was measured fits. */
const observedClass = /^[a-z][a-z0-9_/-]{0,63}$/;

/** Of the same drift, were another branch the base. @param branch Without `refs/heads/`. */
export function fingerprintOnBase(identity: DriftIdentity, branch: string): Fingerprint {
  return fingerprintOf({ ...identity, baseRef: baseRefOf(branch) });
}

export function baseRefOf(branch: string): string {
  return `refs/heads/${branch}`;
}

/** Exactly two members, whatever else the object carries. */
function versioned({ id, version }: Versioned): { readonly id: string; readonly version: string } {
  return { id, version };
}

import { digestOfValue } from '../../../../src/domain/digest.ts';
import type { Digest } from '../../../../src/domain/digest.ts';
import { baseRefOf, fingerprintOf } from '../../../../src/domain/remediation/fingerprint.ts';
import type { DriftIdentity } from '../../../../src/domain/remediation/fingerprint.ts';
import type { DriftNow } from '../../../../src/domain/remediation/remediation-state.ts';
import { GitHubModel } from './github-model.ts';
import { RecordModel } from './record-model.ts';

export const target = 'contracts/checkout.yaml';

/** Two drifts that one target can have. */
export const identities: readonly [DriftIdentity, DriftIdentity] = [identity('changed'), identity('missing')];

export const fingerprints: readonly [Digest, Digest] = [fingerprintOf(identities[0]), fingerprintOf(identities[1])];

function identity(observed: string): DriftIdentity {
  return { repositoryId: 100, baseRef: baseRefOf('main'), detector: { id: 'model', version: '1' }, target, expected: digestOfValue('expected'), observed, playbook: { id: 'model', version: '1' } };
}

/** What faults there are. `brokenLeases`: a lease can end between the look at it and the write. */
export interface Faults {
  readonly brokenLeases: boolean;
}

/** GitHub, our store, what is true, and chance. */
export class World {
  readonly github = new GitHubModel();
  readonly record = new RecordModel();
  readonly faults: Faults;
  readonly random: () => number;
  /** What has drifted now; null: nothing. */
  truth: Digest | null = fingerprints[0];
  plan = 1;
  conflicts = false;
  isCalm = false;

  constructor(random: () => number, faults: Faults) {
    this.random = random;
    this.faults = faults;
  }

  happens(probability: number): boolean {
    return !this.isCalm && this.random() < probability;
  }

  pick<Option>(options: readonly Option[]): Option | undefined {
    return options[Math.floor(this.random() * options.length)];
  }

  /** One confirmed measurement; sometimes none, or one that was not confirmed. */
  measure(): Exclude<DriftNow, { kind: 'drift' }> | Omit<Extract<DriftNow, { kind: 'drift' }>, 'successor'> {
    if (this.happens(0.08)) return { kind: this.random() < 0.5 ? 'inconclusive' : 'error' };
    const confirmations = this.happens(0.1) ? 1 : 2;
    if (this.truth === null) return { kind: 'pass', confirmations };
    return { kind: 'drift', confirmations, fingerprint: this.truth, plan: digestOfValue(['plan', this.truth, this.plan]), base: this.github.base };
  }

  /** Open ones of ours, by fingerprint. */
  openOf(fingerprint: Digest): readonly number[] {
    return this.github.pulls.filter((one) => one.state === 'open' && one.fingerprint === fingerprint).map(({ number }) => number);
  }
}

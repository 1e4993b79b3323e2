import { digestOfValue } from '../../../src/domain/digest.ts';
import { aKeptDrift } from '../../builders/a-kept-drift.ts';
import { aRemediationPlan } from '../../builders/a-remediation-plan.ts';
import type { BehaviorDrift, RemediationPlan } from '../../../src/domain/remediation/behavior-drift.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { GitHubRemediation } from '../../../src/flows/ports/github-remediation.ts';
import type { RemediationPorts } from '../../../src/flows/remediation/remediation-ports.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { githubTexts } from '../../../src/render/remediation/github-texts.ts';
import { fingerprints, identities, target } from '../../domain/remediation/model/world.ts';
import type { World } from '../../domain/remediation/model/world.ts';
import { fakeLog } from '../../fakes/fake-log.ts';

export const repository: RepositoryRef = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' };

export const behavior = 'checkout-quality';

/** What the flow measures and plans in a model of the world. */
export interface Measured {
  mode: BehaviorDrift['mode'];
  /** What was measured last. */
  last: BehaviorDrift['seen'];
}

export function driftIn(world: World, measured: Measured): BehaviorDrift {
  const seen = world.measure();
  measured.last = seen.kind === 'drift' ? { kind: 'drift', confirmations: seen.confirmations, identity: identities[fingerprints.indexOf(seen.fingerprint)] ?? identities[0], told: aKeptDrift() } : seen;
  return { target, baseBranch: 'main', seen: measured.last, mode: measured.mode, heldBy: [], verificationWindow: 3_600_000 };
}

export function planIn(world: World): RemediationPlan | null {
  if (world.happens(0.02)) return null;
  return aRemediationPlan({ digest: digestOfValue(['plan', world.plan]), files: [{ path: target, text: `plan ${world.plan}\n`, before: null, mode: '100644' }] });
}

export function modelledPorts({ world, store, github, measured }: { readonly world: World; readonly store: RemediationPorts['store']; readonly github: GitHubRemediation; readonly measured: Measured }): RemediationPorts {
  return {
    store,
    github: {
      remediation: () => github,
      issues: () => {
        throw new Error('no plan of the model has an issue');
      },
      repository: () => {
        throw new Error('no path of an older plan has to be looked up');
      },
    },
    clock: { now: () => new Date(world.github.now) },
    log: fakeLog(),
    sources: { driftNow: async () => driftIn(world, measured), planFor: async () => ({ plan: planIn(world), refused: null }), rollbackFor: async () => ({ kind: 'no_playbook' }) },
    texts: githubTexts,
    refusalOfWish: async () => null,
  };
}

/** The log of the account, entry by entry: event and outcome. */
export async function eventsOf(store: Store): Promise<readonly string[]> {
  const entries = await store.audit.entries(repository.account.id, 0, 10_000);
  return entries.map(({ leaf }) => JSON.parse(new TextDecoder().decode(leaf))).map(({ event, outcome }) => `${event} ${outcome}`);
}

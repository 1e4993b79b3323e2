import { actorOf } from '../../domain/people/actor-of.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { pullRequestSubject } from '../../domain/subject.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { chargeOf } from '../../domain/usage/charge-of.ts';
import { quotaWindows } from '../../domain/usage/quota-window.ts';
import type { StatedUsageOfChange } from '../../gates/hallucination/usage/stated-usage.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { tellWindows } from './tell-windows.ts';
import { usageForm } from './usage-form.ts';
import { windowStates } from './window-states.ts';

export interface EvidenceToCharge {
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly stated: StatedUsageOfChange;
  /** In force for the change. */
  readonly configuration: Configuration | null;
  readonly now: Date;
}

/** Charges what evidence states about a change, however often that is judged, once: in the transaction that keeps the decision. It was used, whether or not a quota allows it. */
export async function chargeEvidence(transaction: StoreTransaction, { repository, pullRequest, stated, configuration, now }: EvidenceToCharge): Promise<void> {
  const { agent, usage, changeDigest, usageDigest } = stated;
  const place = { accountId: repository.account.id, repositoryId: repository.id, agent };
  await transaction.lockUsage(place.accountId);
  if (!(await transaction.chargeEvidence({ repositoryId: place.repositoryId, changeDigest, usageDigest, pullRequest }, now))) return;
  const charged = usage.map((one) => ({ ...place, usage: one, charge: chargeOf(one), at: now }));
  for (const one of charged) await transaction.addUsage(one);
  await transaction.append({ account: place.accountId, repository: { id: repository.id, name: fullNameOf(repository) }, subject: pullRequestSubject(pullRequest), event: 'usage.charged', actor: actorOf(agent), rationale: 'its evidence states what was used', outcome: 'charged', payload: { changeDigest, usageDigest, usage: charged.map(usageForm) }, links: [] });
  const windows = configuration === null ? [] : quotaWindows(configuration, place, now.toISOString());
  await tellWindows(transaction, place.accountId, await windowStates(transaction, place, windows));
}

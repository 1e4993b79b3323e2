import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { Difference } from '../../domain/playbook/measured-drift.ts';
import { member } from '../../domain/configuration/member.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { priceMap } from '../../domain/usage/price-map.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Rows of one kind that one entry tells. */
const most = 200;

/**
 * What was used up when a behaviour found a quota of an agent passed, in the log before the drift is, and so before anything is proposed: by whom, of which models, and
 * by which prices. Of other drifts nothing is appended.
 */
export async function appendBreach(transaction: Pick<StoreTransaction, 'append' | 'usageBetween' | 'usageByModel'>, repository: RepositoryRef, { record, scanned }: KeptDrift): Promise<void> {
  if (scanned.drift?.observed !== 'budget/breach') return;
  const accountId = repository.account.id;
  for (const difference of scanned.drift.differences) {
    const { from, to } = windowOf(difference);
    const groups = await transaction.usageBetween(accountId, new Date(from), new Date(to));
    const models = await transaction.usageByModel(accountId, { from: new Date(from), to: new Date(to), repositoryId: null, agent: null, source: null }, most);
    await transaction.append({
      account: accountId,
      repository: { id: repository.id, name: fullNameOf(repository) },
      subject: `behavior:${record.behavior}`,
      event: 'usage.breached',
      actor: 'system',
      rationale: scanned.why,
      outcome: scanned.decides ? 'breached' : 'breached, observed only',
      payload: {
        agent: difference.name,
        contract: difference.path,
        from,
        to,
        exceeded: difference.found,
        groups: groups.slice(0, most).map(({ repositoryId, agent, source, tokens, cost }): JsonObject => ({ repositoryId, agent, source, tokens: String(tokens), costPicoUsd: String(cost) })),
        models: models.map(({ repositoryId, agent, source, provider, model, isPriced, tokens, cost }): JsonObject => ({ repositoryId, agent, source, provider, model, isPriced, tokens: String(tokens), costPicoUsd: String(cost) })),
        untold: Math.max(0, groups.length - most),
        prices: { takenAt: priceMap.takenAt, digest: priceMap.digest },
      },
      links: [`commit:${record.commit}`],
    });
  }
}

/** Written by `quotaBreaches`, as `difference.ts` has it. */
function windowOf({ expected }: Difference): { readonly from: string; readonly to: string } {
  const window = isJsonObject(expected) ? expected : {};
  return { from: member.text(window, 'from') ?? '', to: member.text(window, 'to') ?? '' };
}

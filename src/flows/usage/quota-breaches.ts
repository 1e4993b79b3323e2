import { compared } from '../../domain/behavior/compared.ts';
import type { BehaviorQuestion } from '../../domain/behavior/behavior-question.ts';
import type { UsageQuotasSource } from '../../domain/behavior/behavior-source.ts';
import type { QuotaDifference } from '../../domain/behavior/difference.ts';
import type { SourceReading } from '../../domain/behavior/source-reading.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { quoted } from '../../domain/finding.ts';
import { foldedLogin } from '../../domain/people/contributor.ts';
import { contractIn } from '../../domain/playbook/standing-contract.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import { quotaWindows } from '../../domain/usage/quota-window.ts';
import type { DefaultBranch } from '../contract-releases.ts';
import { fileFactAt } from '../plan/file-fact.ts';
import type { Clock } from '../ports/clock.ts';
import type { ObjectSource } from '../ports/object-source.ts';
import type { Store } from '../ports/store.ts';
import { windowStates } from './window-states.ts';

export interface QuotaBreachPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly repository: RepositoryRef;
  readonly objects: Pick<ObjectSource, 'tree' | 'blobs'>;
  readonly defaultBranchAt: (commit: Sha) => Promise<DefaultBranch>;
  readonly clock: Clock;
}

/** Whether the contract of an agent is halted where a quota that limits it is passed, at the commit that is asked about. What can not be told is no signal. */
export function quotaBreaches(ports: QuotaBreachPorts): (source: UsageQuotasSource, question: Pick<BehaviorQuestion, 'base'>) => Promise<SourceReading> {
  return async (source, { base }) => {
    const { state, entry } = await ports.defaultBranchAt(base);
    if (entry === null || state.effective === null) return silent(state.kind === 'unusable' ? 'the configuration of the default branch can not be used' : 'no configuration governs the default branch');
    const halt = await haltOf(ports.objects, base, source.contract, state.effective);
    if (halt.kind === 'unknown') return silent(halt.why);
    const now = ports.clock.now();
    const place = { accountId: ports.repository.account.id, repositoryId: ports.repository.id, agent: source.agent };
    const windows = quotaWindows(state.effective, place, now.toISOString());
    if (windows.length === 0) return silent(`no quota limits ${quoted(source.agent)}, expected one in \`hallucination.quotas\``);
    const judged = await ports.store.transaction((transaction) => windowStates(transaction, place, windows));
    return compared(halt.isHalted ? [] : breachOf(source, judged), now);
  };
}

function silent(why: string): SourceReading {
  return { kind: 'no-signal', why };
}

type Halt = { readonly kind: 'known'; readonly isHalted: boolean } | { readonly kind: 'unknown'; readonly why: string };

async function haltOf(objects: QuotaBreachPorts['objects'], base: Sha, path: string, configuration: Configuration): Promise<Halt> {
  const [set] = contractSetsOf(configuration, path);
  if (set === undefined) return { kind: 'unknown', why: `no contract set of the configuration has ${quoted(path)}` };
  const file = await fileFactAt(objects, base, path);
  const contract = file.kind === 'file' ? contractIn(file.text, path, set) : null;
  if (contract === null) return { kind: 'unknown', why: `${quoted(path)} is ${file.kind === 'absent' ? 'not there' : file.kind === 'file' ? 'no contract' : file.what}, expected the contract of the agent` };
  return { kind: 'known', isHalted: contract.emergencyFlags.halted };
}

/** Of the window that ends last: a day that is passed too, and ends, makes no other drift of it. */
function breachOf({ agent, contract }: UsageQuotasSource, judged: readonly JudgedWindow[]): readonly QuotaDifference[] {
  const passed = judged.filter(({ state }) => state === 'exceeded').toSorted((one, other) => Date.parse(other.window.to) - Date.parse(one.window.to) || Date.parse(one.window.from) - Date.parse(other.window.from));
  const [last] = passed;
  if (last === undefined) return [];
  const { from, to } = last.window;
  const exceeded = passed.flatMap(({ window, used }) => (window.from === from && window.to === to ? [{ scope: window.scope, measure: window.measure, zone: window.zone, limit: String(window.limit), used: String(used) }] : []));
  return [{ kind: 'exceeded', agent: foldedLogin(agent), contract, window: { from, to }, exceeded }];
}

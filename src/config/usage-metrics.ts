import { metrics } from '@opentelemetry/api';
import type { Attributes, BatchObservableResult, ObservableGauge } from '@opentelemetry/api';
import manifest from '../../package.json' with { type: 'json' };
import type { ToldWindow } from '../domain/usage/told-usage.ts';
import { failureOf } from '../domain/failure.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Store } from '../flows/ports/store.ts';
import { readUsage } from '../flows/usage/read-usage.ts';

export interface UsageMetricsPorts {
  readonly store: Pick<Store, 'search' | 'transaction' | 'audit'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Accounts that are measured: each costs reads of the store at each collection, and of the quotas of its repositories. */
const mostAccounts = 100;

/** Sums of agents, sources and models that are told of an account. */
const mostSums = 200;

/**
 * Shows what agents used since the month began in UTC, and how far their quotas are used up now, as metrics of OpenTelemetry: to the SDK that was loaded before, whenever
 * that collects. Without one nothing is read. What can not be read is not told, and never zero.
 * @returns Ends it.
 */
export function observeUsage(ports: UsageMetricsPorts): () => void {
  const meter = metrics.getMeter('plumbline', manifest.version);
  const gauge = (name: string, unit: string, description: string): ObservableGauge => meter.createObservableGauge(name, { unit, description });
  const gauges: Gauges = {
    tokens: gauge('plumbline.usage.tokens', '{token}', 'Tokens that agents used since the month began in UTC, as each source tells it.'),
    cost: gauge('plumbline.usage.cost', 'USD', 'What counts for them against quotas.'),
    utilization: gauge('plumbline.quota.utilization', '1', 'Share of a quota that is used up in the window that runs.'),
    exceeded: gauge('plumbline.quota.exceeded', '1', '1 where a quota is passed, else 0.'),
  };
  const observe = async (result: BatchObservableResult): Promise<void> => {
    const accounts = (await unlessUnreadable(ports.log, {}, () => ports.store.audit.accounts())) ?? [];
    for (const account of accounts.slice(0, mostAccounts)) await unlessUnreadable(ports.log, { account }, () => observeAccount(ports, account, (one, value, attributes) => result.observe(gauges[one], value, attributes)));
  };
  const observables = Object.values(gauges);
  meter.addBatchObservableCallback(observe, observables);
  return () => meter.removeBatchObservableCallback(observe, observables);
}

/** What can not be read of one account hides none of the others. Null: it could not be read. */
async function unlessUnreadable<Found>(log: Log, fields: { readonly account?: number }, read: () => Promise<Found>): Promise<Found | null> {
  try {
    return await read();
  } catch (thrown) {
    log.warn('usage not measured', { ...fields, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    return null;
  }
}

type GaugeName = 'tokens' | 'cost' | 'utilization' | 'exceeded';
type Gauges = Readonly<Record<GaugeName, ObservableGauge>>;
type Observe = (gauge: GaugeName, value: number, attributes: Attributes) => void;

async function observeAccount({ store, clock }: UsageMetricsPorts, account: number, observe: Observe): Promise<void> {
  const found = await readUsage({ store, clock }, { account, repository: null, agent: null, from: null, to: null });
  if (found.kind !== 'overview') return;
  const { from, to } = found.overview;
  const sums = await store.transaction((transaction) => transaction.usageByAgent(account, new Date(from), new Date(Date.parse(to) + 1), mostSums));
  for (const { agent, source, provider, model, isPriced, inputTokens, outputTokens, cost } of sums) {
    const attributes = { 'plumbline.account.id': account, 'gen_ai.agent.name': agent, 'gen_ai.provider.name': isPriced ? provider : other, 'gen_ai.request.model': isPriced ? model : other, 'plumbline.usage.source': source };
    observe('tokens', Number(inputTokens), { ...attributes, 'gen_ai.token.type': 'input' });
    observe('tokens', Number(outputTokens), { ...attributes, 'gen_ai.token.type': 'output' });
    observe('cost', dollars(cost), attributes);
  }
  for (const window of found.overview.windows) observeWindow(account, window, observe);
}

/** As conventions of OpenTelemetry call what is not among the words that are told apart. */
const other = '_OTHER';

/** No exact amount: metrics are numbers. */
function dollars(pico: bigint): number {
  return Number(pico / 1_000_000n) / 1_000_000;
}

function observeWindow(account: number, { scope, subject, measure, period, limit, used, state }: ToldWindow, observe: Observe): void {
  const attributes = { 'plumbline.account.id': account, 'plumbline.quota.scope': scope, 'plumbline.quota.subject': subject, 'plumbline.quota.measure': measure, 'plumbline.quota.period': period };
  if (limit !== '0') observe('utilization', Number(used) / Number(limit), attributes);
  observe('exceeded', state === 'exceeded' ? 1 : 0, attributes);
}

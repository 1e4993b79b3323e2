import { exactDollars } from '../../domain/usage/exact-dollars.ts';
import type { ToldUsage } from '../../domain/usage/told-usage.ts';
import { csvCell } from '../escape.ts';

/** Of whom a row is. */
interface FocusAccount {
  readonly id: number;
  /** Login; null: nothing here says it. */
  readonly login: string | null;
}

interface FocusColumn {
  readonly name: string;
  readonly cell: (usage: ToldUsage, account: FocusAccount) => string;
}

const quarterOfHour = 15 * 60_000;

const cost = ({ costPicoUsd }: ToldUsage): string => exactDollars(costPicoUsd);
const tokens = ({ tokens: all }: ToldUsage): string => all;
const provider = ({ provider: name }: ToldUsage): string => (name === '' ? 'unknown' : csvCell(name));
const is = (word: string) => (): string => word;

/**
 * Columns of FOCUS 1.3 (FinOps Open Cost and Usage Specification, cost and usage) by name, and then our own, which the specification wants to begin with `x_`. No invoice is known here: each cost is what counts against
 * quotas. Numbers have no exponent, and null is an empty cell.
 */
const columns: readonly FocusColumn[] = [
  { name: 'BilledCost', cell: cost },
  { name: 'BillingAccountId', cell: (_usage, { id }) => String(id) },
  { name: 'BillingAccountName', cell: (_usage, { id, login }) => csvCell(login ?? String(id)) },
  { name: 'BillingAccountType', cell: is('GitHub account') },
  { name: 'BillingCurrency', cell: is('USD') },
  { name: 'BillingPeriodEnd', cell: ({ from }) => monthOf(from, 1) },
  { name: 'BillingPeriodStart', cell: ({ from }) => monthOf(from, 0) },
  { name: 'ChargeCategory', cell: is('Usage') },
  { name: 'ChargeClass', cell: is('') },
  { name: 'ChargeDescription', cell: ({ agent, model, source }) => csvCell(`${model === '' ? 'an unnamed model' : model}, used by ${agent}, as told by ${tellers[source]}`) },
  { name: 'ChargeFrequency', cell: is('Usage-Based') },
  { name: 'ChargePeriodEnd', cell: ({ from }) => instantText(Date.parse(from) + quarterOfHour) },
  { name: 'ChargePeriodStart', cell: ({ from }) => instantText(Date.parse(from)) },
  { name: 'ConsumedQuantity', cell: tokens },
  { name: 'ConsumedUnit', cell: is('Tokens') },
  { name: 'ContractedCost', cell: cost },
  { name: 'EffectiveCost', cell: cost },
  { name: 'HostProviderName', cell: provider },
  { name: 'InvoiceIssuerName', cell: provider },
  { name: 'ListCost', cell: cost },
  { name: 'PricingCategory', cell: is('Standard') },
  { name: 'PricingQuantity', cell: tokens },
  { name: 'PricingUnit', cell: is('Tokens') },
  { name: 'ProviderName', cell: provider },
  { name: 'PublisherName', cell: provider },
  { name: 'ServiceCategory', cell: is('AI and Machine Learning') },
  { name: 'ServiceName', cell: is('Language models') },
  { name: 'ServiceProviderName', cell: provider },
  { name: 'ServiceSubcategory', cell: is('Generative AI') },
  { name: 'SkuId', cell: ({ provider: of, model }) => csvCell(`${of}/${model}`) },
  { name: 'SkuMeter', cell: is('Tokens') },
  { name: 'SubAccountId', cell: ({ repository }) => String(repository.id) },
  { name: 'SubAccountName', cell: ({ repository }) => csvCell(repository.name ?? '') },
  { name: 'SubAccountType', cell: is('GitHub repository') },
  { name: 'Tags', cell: ({ agent, repository, source }) => csvCell(JSON.stringify({ agent, repository: repository.name ?? String(repository.id), source })) },
  { name: 'x_Agent', cell: ({ agent }) => csvCell(agent) },
  { name: 'x_CacheCreationTokens', cell: ({ cacheCreationTokens }) => cacheCreationTokens },
  { name: 'x_CacheReadTokens', cell: ({ cacheReadTokens }) => cacheReadTokens },
  { name: 'x_InputTokens', cell: ({ inputTokens }) => inputTokens },
  { name: 'x_IsPriced', cell: ({ isPriced }) => String(isPriced) },
  { name: 'x_Model', cell: ({ model }) => csvCell(model) },
  { name: 'x_OutputTokens', cell: ({ outputTokens }) => outputTokens },
  { name: 'x_Repository', cell: ({ repository }) => csvCell(repository.name ?? '') },
  { name: 'x_RepositoryId', cell: ({ repository }) => String(repository.id) },
  { name: 'x_Source', cell: ({ source }) => source },
];

const tellers: Readonly<Record<ToldUsage['source'], string>> = { self: 'itself', proxy: 'a proxy', provider: 'its provider' };

/** RFC 4180: the header, and a line for each row, whose texts run nothing in a spreadsheet. In pieces, as they are taken. */
export async function* focusCsv(account: FocusAccount, pages: AsyncIterable<readonly ToldUsage[]>): AsyncGenerator<string, void> {
  yield line(columns.map(({ name }) => name));
  for await (const page of pages) yield page.map((usage) => line(columns.map(({ cell }) => cell(usage, account)))).join('');
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** To the second, in UTC. */
function instantText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The beginning of the month that an instant is in, or of one after it. */
function monthOf(instant: string, after: number): string {
  const date = new Date(instant);
  return instantText(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + after, 1));
}

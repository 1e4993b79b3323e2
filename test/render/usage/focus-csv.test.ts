import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactDollars } from '../../../src/domain/usage/exact-dollars.ts';
import type { ToldUsage } from '../../../src/domain/usage/told-usage.ts';
import { focusCsv } from '../../../src/render/usage/focus-csv.ts';

const usage: ToldUsage = { repository: { id: 100, name: 'acme/shop' }, agent: 'robot[bot]', source: 'proxy', provider: 'openai', model: 'gpt-4.1', isPriced: true, from: '2026-12-31T23:45:00.000Z', inputTokens: '80', outputTokens: '20', cacheReadTokens: '5', cacheCreationTokens: '3', tokens: '100', costPicoUsd: '320000000' };

async function* pagesOf(...pages: readonly (readonly ToldUsage[])[]): AsyncGenerator<readonly ToldUsage[], void> {
  yield* pages;
}

async function written(rows: readonly ToldUsage[], login: string | null = 'acme'): Promise<string> {
  let text = '';
  for await (const piece of focusCsv({ id: 7, login }, pagesOf(rows))) text += piece;
  return text;
}

/** Cells of each line (RFC 4180). */
function cellsOf(text: string): readonly (readonly string[])[] {
  return text.split('\r\n').slice(0, -1).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''));
}

/** By column. */
async function rowOf(changes: Partial<ToldUsage> = {}, login?: string | null): Promise<Readonly<Record<string, string>>> {
  const [header = [], row = []] = cellsOf(await written([{ ...usage, ...changes }], login));
  assert.equal(row.length, header.length);
  return Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']));
}

test('a row has every column of FOCUS that applies, and ours', async () => {
  assert.deepEqual(await rowOf(), {
    BilledCost: '0.00032', BillingAccountId: '7', BillingAccountName: 'acme', BillingAccountType: 'GitHub account', BillingCurrency: 'USD', BillingPeriodEnd: '2027-01-01T00:00:00Z', BillingPeriodStart: '2026-12-01T00:00:00Z',
    ChargeCategory: 'Usage', ChargeClass: '', ChargeDescription: 'gpt-4.1, used by robot[bot], as told by a proxy', ChargeFrequency: 'Usage-Based', ChargePeriodEnd: '2027-01-01T00:00:00Z', ChargePeriodStart: '2026-12-31T23:45:00Z',
    ConsumedQuantity: '100', ConsumedUnit: 'Tokens', ContractedCost: '0.00032', EffectiveCost: '0.00032', HostProviderName: 'openai', InvoiceIssuerName: 'openai', ListCost: '0.00032', PricingCategory: 'Standard', PricingQuantity: '100', PricingUnit: 'Tokens', ProviderName: 'openai', PublisherName: 'openai',
    ServiceCategory: 'AI and Machine Learning', ServiceName: 'Language models', ServiceProviderName: 'openai', ServiceSubcategory: 'Generative AI', SkuId: 'openai/gpt-4.1', SkuMeter: 'Tokens', SubAccountId: '100', SubAccountName: 'acme/shop', SubAccountType: 'GitHub repository',
    Tags: '{"agent":"robot[bot]","repository":"acme/shop","source":"proxy"}',
    x_Agent: 'robot[bot]', x_CacheCreationTokens: '3', x_CacheReadTokens: '5', x_InputTokens: '80', x_IsPriced: 'true', x_Model: 'gpt-4.1', x_OutputTokens: '20', x_Repository: 'acme/shop', x_RepositoryId: '100', x_Source: 'proxy',
  });
});

test('columns of FOCUS stand by name before ours, and where nothing was used there is the header alone', async () => {
  const [header = [], ...rows] = cellsOf(await written([]));
  const [focus, own] = [header.filter((name) => !name.startsWith('x_')), header.filter((name) => name.startsWith('x_'))];
  assert.deepEqual([header, rows], [[...focus.toSorted(), ...own.toSorted()], []]);
});

test('what is not known is a word or empty, as the specification lets it', async () => {
  const row = await rowOf({ provider: '', model: '', repository: { id: 100, name: null }, isPriced: false, source: 'self' }, null);
  assert.deepEqual([row['ProviderName'], row['BillingAccountName'], row['SubAccountName'], row['ChargeDescription'], row['x_IsPriced']], ['unknown', '7', '', 'an unnamed model, used by robot[bot], as told by itself', 'false']);
});

test('attack: names that evidence says run nothing in a spreadsheet, and break no line', async () => {
  for (const model of ['=cmd|\' /C calc\'!A0', '+1', '-1', '@SUM(A1)', '＝1', ' =1']) assert.equal((await rowOf({ model }))['x_Model'], `'${model}`);
  const row = await rowOf({ model: 'a"b,c\r\nd\u0000\u202e', agent: '\t=1', provider: '=HYPERLINK("http://evil")' });
  assert.deepEqual([row['x_Model'], row['x_Agent'], row['ProviderName'], row['SkuId']], ['a"b,c␍␊d␀⟨U+202E⟩', '␉=1', '\'=HYPERLINK("http://evil")', '\'=HYPERLINK("http://evil")/a"b,c␍␊d␀⟨U+202E⟩']);
});

test('attack: a spreadsheet that splits lines at semicolons finds no formula in a name', async () => {
  for (const model of ['a;=1+1', 'a;=cmd|\' /C calc\'!A0', 'a; @SUM(A1)', 'a;;-1', 'a;＝1', 'a,b;+1', 'a;"=1"']) {
    const line = (await written([{ ...usage, model, agent: model }])).split('\r\n')[1] ?? '';
    assert.deepEqual(line.split(';').filter((cell) => /^[\s"]*[=+\-@＝＋－＠]/u.test(cell)), [], model);
  }
  assert.deepEqual((await rowOf({ model: 'a;b=1' }))['x_Model'], 'a;b=1');
});

test('costs have all of their places, and no exponent', () => {
  assert.deepEqual(['0', '1', '2000000', '1000000000000', '1500000000000', '123456789012345678901234567890'].map(exactDollars), ['0', '0.000000000001', '0.000002', '1', '1.5', '123456789012345678.90123456789']);
});

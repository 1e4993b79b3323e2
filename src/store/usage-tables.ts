import { sql } from 'kysely';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { UsageGroup } from '../domain/usage/counted-usage.ts';
import type { UsageOfAgent, UsageOfModel } from '../domain/usage/usage-total.ts';
import type { ChargedUsage, UsageFilter, UsageStore } from '../flows/ports/usage-store.ts';
import { reservationForm } from './form/usage-form.ts';
import { list, text } from './form/shape.ts';
import { storedForm } from './form/stored-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

const agentForm = storedForm<string>('the login of an agent', text);
const modelForm = storedForm<readonly string[]>('the name of a model', list(text));

/** What agents use up. */
export function usageTables(session: Session): UsageStore {
  const { database } = session;
  const reservations = (accountId: number) => database.selectFrom('usage_reservations').select('reservation').where('account_id', '=', accountId);
  return {
    lockUsage: async (accountId) => void (await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline usage ${accountId}`}, 0))`)),
    addUsage: (used) => add(session, used),
    async usageBetween(accountId, from, to) {
      const sums = database.selectFrom('usage_totals').select(({ fn }) => ['repository_id', 'agent', 'source', fn.sum<string>('tokens').as('tokens'), fn.sum<string>('cost').as('cost')]);
      const totals = sums.where('account_id', '=', accountId).where('quarter', '>=', from).where('quarter', '<', to).groupBy(['repository_id', 'agent', 'source']);
      const open = database.selectFrom('usage_reservations').select(({ fn }) => ['repository_id', 'agent', 'source', fn.sum<string>('tokens').as('tokens'), fn.sum<string>('cost').as('cost')]);
      const reserved = open.where('account_id', '=', accountId).where('is_open', '=', true).where('at', '>=', from).where('at', '<', to).groupBy(['repository_id', 'agent', 'source']);
      return [...(await session.rows(totals)), ...(await session.rows(reserved))].map((row): UsageGroup => ({ repositoryId: Number(row.repository_id), agent: agentForm.read(row.agent), source: row.source, tokens: BigInt(row.tokens), cost: BigInt(row.cost) }));
    },
    async usageTotals(accountId, filter, { after, limit }) {
      const wanted = database.selectFrom('usage_totals').selectAll().where(isWanted(accountId, filter));
      const end = after === null ? null : sql<boolean>`(quarter, repository_id, agent_key, source, model_key, is_priced) > (${after.from}::timestamptz, ${after.repositoryId}::bigint, ${keyText(after.agent)}::text, ${after.source}::text, ${keyText(modelForm.write([after.provider, after.model]))}::text, ${after.isPriced}::boolean)`;
      const rows = await session.rows((end === null ? wanted : wanted.where(end)).orderBy('quarter').orderBy('repository_id').orderBy('agent_key').orderBy('source').orderBy('model_key').orderBy('is_priced').limit(limit));
      return rows.map((row) => ({ ...usageOfModel(row), from: row.quarter }));
    },
    async usageByModel(accountId, filter, limit) {
      const sums = database.selectFrom('usage_totals').select(({ fn }) => ['repository_id', 'agent_key', 'source', 'model_key', 'is_priced', fn.max('agent').as('agent'), fn.max('model').as('model'), fn.sum<string>('input_tokens').as('input_tokens'), fn.sum<string>('output_tokens').as('output_tokens'), fn.sum<string>('cache_read_tokens').as('cache_read_tokens'), fn.sum<string>('cache_creation_tokens').as('cache_creation_tokens'), fn.sum<string>('tokens').as('tokens'), fn.sum<string>('cost').as('cost')]);
      const rows = await session.rows(sums.where(isWanted(accountId, filter)).groupBy(['repository_id', 'agent_key', 'source', 'model_key', 'is_priced']).orderBy(sql`sum(tokens)`, 'desc').orderBy('repository_id').orderBy('agent_key').orderBy('source').orderBy('model_key').orderBy('is_priced').limit(limit));
      return rows.map(usageOfModel);
    },
    usageByAgent: (accountId, from, to, limit) => byAgent(session, accountId, { from, to, limit }),
    async chargeEvidence({ repositoryId, changeDigest, usageDigest, pullRequest }, at) {
      const values = { repository_id: repositoryId, change_digest: changeDigest, usage_digest: usageDigest, pull_request: pullRequest, charged_at: at };
      return (await session.rows(database.insertInto('usage_of_evidence').values(values).onConflict((conflict) => conflict.doNothing()).returning('repository_id'))).length > 0;
    },
    async isCharged({ repositoryId, changeDigest, usageDigest }) {
      return (await session.first(database.selectFrom('usage_of_evidence').select('repository_id').where('repository_id', '=', repositoryId).where('change_digest', '=', changeDigest).where('usage_digest', '=', usageDigest))) !== null;
    },
    async saveReservation(one) {
      const changed = { is_open: one.settled === null, reservation: reservationForm.write(one) };
      const values = { id: one.id, account_id: one.accountId, repository_id: one.repositoryId, agent: agentForm.write(foldedLogin(one.agent)), source: one.usage.source, at: one.at, expires_at: one.expiresAt, tokens: String(one.charge.tokens), cost: String(one.charge.cost), by_key: keyText(one.by), request_key: keyText(one.key), ...changed };
      await session.run(database.insertInto('usage_reservations').values(values).onConflict((conflict) => conflict.column('id').doUpdateSet(changed)));
    },
    async reservation(accountId, id) {
      const row = await session.first(reservations(accountId).where('id', '=', id));
      return row === null ? null : reservationForm.read(row.reservation);
    },
    async reservationOfKey(accountId, by, key) {
      const row = await session.first(reservations(accountId).where('by_key', '=', keyText(by)).where('request_key', '=', keyText(key)));
      return row === null ? null : reservationForm.read(row.reservation);
    },
    async expiredReservations(accountId, now, limit) {
      const rows = await session.rows(reservations(accountId).where('is_open', '=', true).where('expires_at', '<=', now).orderBy('expires_at').orderBy('id').limit(limit));
      return rows.map((row) => reservationForm.read(row.reservation));
    },
    async alertOnce(accountId, { scope, subject, measure, from, to }) {
      const values = { account_id: accountId, scope, subject_key: keyText(subject), measure, begins_at: new Date(from), ends_at: new Date(to) };
      return (await session.rows(database.insertInto('usage_alerts').values(values).onConflict((conflict) => conflict.doNothing()).returning('scope'))).length > 0;
    },
    async breachOnce(accountId, { scope, subject, measure, from, to, limit }) {
      const values = { account_id: accountId, scope, subject_key: keyText(subject), measure, begins_at: new Date(from), ends_at: new Date(to), quota: String(limit) };
      return (await session.rows(database.insertInto('usage_breaches').values(values).onConflict((conflict) => conflict.doNothing()).returning('scope'))).length > 0;
    },
  };
}

async function byAgent(session: Session, accountId: number, { from, to, limit }: { readonly from: Date; readonly to: Date; readonly limit: number }): Promise<readonly UsageOfAgent[]> {
  const model = sql`case when is_priced then lower(model) end`;
  const rows = await session.raw(sql<ModelRow>`
    select 0 as repository_id, max(agent) as agent, source, max(model) as model, is_priced, sum(input_tokens) as input_tokens, sum(output_tokens) as output_tokens,
      sum(cache_read_tokens) as cache_read_tokens, sum(cache_creation_tokens) as cache_creation_tokens, sum(tokens) as tokens, sum(cost) as cost
    from usage_totals where ${isWanted(accountId, { from, to, repositoryId: null, agent: null, source: null })}
    group by agent_key, source, is_priced, ${model} order by sum(tokens) desc, agent_key, source, is_priced, ${model} limit ${limit}`);
  return rows.map(usageOfModel).map(({ repositoryId: _all, provider, model: name, ...sum }) => ({ ...sum, ...(sum.isPriced ? { provider: provider.toLowerCase(), model: name.toLowerCase() } : { provider: '', model: '' }) }));
}

function isWanted(accountId: number, { from, to, repositoryId, agent, source }: UsageFilter) {
  const parts = [
    sql`account_id = ${accountId} and quarter >= ${from} and quarter < ${to}`,
    ...(repositoryId === null ? [] : [sql`repository_id = ${repositoryId}`]),
    ...(agent === null ? [] : [sql`agent_key = ${keyText(foldedLogin(agent))}`]),
    ...(source === null ? [] : [sql`source = ${source}`]),
  ];
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

interface ModelRow {
  readonly repository_id: string | number | bigint;
  readonly agent: string;
  readonly source: UsageOfModel['source'];
  readonly model: string;
  readonly is_priced: boolean;
  readonly input_tokens: string;
  readonly output_tokens: string;
  readonly cache_read_tokens: string;
  readonly cache_creation_tokens: string;
  readonly tokens: string;
  readonly cost: string;
}

function usageOfModel(row: ModelRow): UsageOfModel {
  const [provider = '', model = ''] = modelForm.read(row.model);
  const counts = { inputTokens: BigInt(row.input_tokens), outputTokens: BigInt(row.output_tokens), cacheReadTokens: BigInt(row.cache_read_tokens), cacheCreationTokens: BigInt(row.cache_creation_tokens) };
  return { repositoryId: Number(row.repository_id), agent: agentForm.read(row.agent), source: row.source, provider, model, isPriced: row.is_priced, ...counts, tokens: BigInt(row.tokens), cost: BigInt(row.cost) };
}

const quarterOfHour = 15 * 60_000;

/** What is there of the same quarter of an hour grows: nothing is read before, so that none is lost where two do so at once. */
async function add(session: Session, { accountId, repositoryId, agent, usage, charge, at }: ChargedUsage): Promise<void> {
  const model = modelForm.write([usage.provider, usage.model]);
  const key = { account_id: accountId, quarter: new Date(Math.floor(at.getTime() / quarterOfHour) * quarterOfHour), repository_id: repositoryId, agent_key: keyText(foldedLogin(agent)), source: usage.source, model_key: keyText(model), is_priced: charge.isPriced };
  const counts = { input_tokens: String(usage.inputTokens), output_tokens: String(usage.outputTokens), cache_read_tokens: String(usage.cacheReadTokens), cache_creation_tokens: String(usage.cacheCreationTokens), tokens: String(charge.tokens), cost: String(charge.cost) };
  const insert = session.database.insertInto('usage_totals').values({ ...key, agent: agentForm.write(foldedLogin(agent)), model, ...counts });
  await session.run(insert.onConflict((conflict) => conflict.columns(['account_id', 'quarter', 'repository_id', 'agent_key', 'source', 'model_key', 'is_priced']).doUpdateSet((is) => ({
    input_tokens: sql`${is.ref('usage_totals.input_tokens')} + ${is.ref('excluded.input_tokens')}`,
    output_tokens: sql`${is.ref('usage_totals.output_tokens')} + ${is.ref('excluded.output_tokens')}`,
    cache_read_tokens: sql`${is.ref('usage_totals.cache_read_tokens')} + ${is.ref('excluded.cache_read_tokens')}`,
    cache_creation_tokens: sql`${is.ref('usage_totals.cache_creation_tokens')} + ${is.ref('excluded.cache_creation_tokens')}`,
    tokens: sql`${is.ref('usage_totals.tokens')} + ${is.ref('excluded.tokens')}`,
    cost: sql`${is.ref('usage_totals.cost')} + ${is.ref('excluded.cost')}`,
  }))));
}

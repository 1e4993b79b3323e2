import { sql } from 'kysely';
import { lacksAnswer } from '../domain/decision.ts';
import { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { DecisionRecord } from '../flows/ports/decision-store.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { decisionForm } from './form/decision-form.ts';
import { keyText } from './key-text.ts';
import { lockRepository } from './lock-repository.ts';
import type { Session } from './session.ts';

type DecisionPart = Pick<StoreTransaction, 'saveDecision' | 'standingDecisions' | 'newestDecision' | 'decisionAbout' | 'keptDecision' | 'unansweredRun' | 'withdrawDecisions' | 'expiredDecisions'>;

export function decisionTable(session: Session): DecisionPart {
  return {
    saveDecision: (record) => save(session, record),
    standingDecisions: (repositoryId, entry, head) => standing(session, repositoryId, entry, head),
    newestDecision: (repositoryId, subject) => newest(session, repositoryId, subject, null),
    decisionAbout: (repositoryId, subject, head) => newest(session, repositoryId, subject, head),
    keptDecision: (evaluation) => keptFor(session, evaluation),
    unansweredRun: (repositoryId, subject, head) => unansweredRun(session, repositoryId, subject, head),
    withdrawDecisions: (repositoryId, subject) => withdraw(session, repositoryId, subject),
    expiredDecisions: (now) => expired(session, now),
  };
}

async function save(session: Session, record: DecisionRecord): Promise<void> {
  await lockRepository(session, record.repository.id);
  const { decidedAt, ...rest } = record;
  const { validUntil, cause, head } = record.decision;
  const row = {
    id: keyText(record.id),
    repository_id: record.repository.id,
    account_id: record.repository.account.id,
    repository_key: keyText(fullNameOf(record.repository).toLowerCase()),
    subject: keyText(record.subject),
    entry: keyText(record.entry),
    base_branch: keyText(record.baseBranch),
    head: keyText(head),
    cause,
    lacks_answer: lacksAnswer(record.decision),
    valid_until: validUntil === null ? null : new Date(validUntil),
    withdrawn: false,
    record: decisionForm.write(rest),
    decided_at: decidedAt,
  };
  const kept = await session.rows(session.database.insertInto('decisions').values(row).onConflict((conflict) => conflict.doNothing()).returning('id'));
  if (kept.length === 0) throw new Failure('STORE_INCONSISTENT', `Cannot keep decision "${record.id}": one of this id is kept already.`);
}

async function standing(session: Session, repositoryId: number, entry: string, head: string): Promise<readonly DecisionRecord[]> {
  const rows = await session.raw(sql<Row>`
    select record, decided_at from (
      select distinct on (subject, base_branch) record, decided_at, position from decisions
      where repository_id = ${repositoryId} and entry = ${keyText(entry)} and head = ${keyText(head)}
      order by subject, base_branch, position desc
    ) newest order by position`);
  return rows.map(decisionOf);
}

async function newest(session: Session, repositoryId: number, subject: string, head: string | null): Promise<DecisionRecord | null> {
  const all = session.database.selectFrom('decisions').select(['record', 'decided_at']).where('repository_id', '=', repositoryId).where('subject', '=', keyText(subject));
  const wanted = head === null ? all : all.where('head', '=', keyText(head));
  const row = await session.first(wanted.orderBy('position', 'desc').limit(1));
  return row === null ? null : decisionOf(row);
}

async function keptFor(session: Session, evaluation: string): Promise<DecisionRecord | null> {
  const row = await session.first(session.database.selectFrom('decisions').select(['record', 'decided_at']).where('id', '=', keyText(evaluation)));
  return row === null ? null : decisionOf(row);
}

async function unansweredRun(session: Session, repositoryId: number, subject: string, head: string): Promise<{ readonly count: number; readonly since: Date | null }> {
  const [row] = await session.raw(sql<{ readonly count: string | number | bigint; readonly since: Date | null }>`
    with about as (
      select position, lacks_answer, decided_at from decisions
      where repository_id = ${repositoryId} and subject = ${keyText(subject)} and head = ${keyText(head)} and not withdrawn
    )
    select count(*) as count, min(decided_at) as since from about
    where position > coalesce((select max(position) from about where not lacks_answer), 0)`);
  return { count: Number(row?.count ?? 0), since: row?.since ?? null };
}

async function withdraw(session: Session, repositoryId: number, subject: string): Promise<void> {
  const about = session.database.updateTable('decisions').set({ withdrawn: true }).where('repository_id', '=', repositoryId);
  await session.run(about.where('subject', '=', keyText(subject)).where('withdrawn', '=', false));
}

async function expired(session: Session, now: Date): Promise<readonly DecisionRecord[]> {
  const rows = await session.raw(sql<Row>`
    select decisions.record, decisions.decided_at from decisions
    join pull_requests on pull_requests.repository_id = decisions.repository_id
      and decisions.subject = 'pull-request:' || pull_requests.number and pull_requests.state = 'open' and pull_requests.head = decisions.head
    where decisions.valid_until <= ${now} and not decisions.withdrawn
      and not exists (
        select 1 from decisions newer where newer.repository_id = decisions.repository_id and newer.subject = decisions.subject and newer.position > decisions.position
      )
    order by decisions.position`);
  return rows.map(decisionOf);
}

interface Row {
  readonly record: string;
  readonly decided_at: Date;
}

/** A decision as its row has it. */
export function decisionOf(row: Row): DecisionRecord {
  return { ...decisionForm.read(row.record), decidedAt: row.decided_at };
}

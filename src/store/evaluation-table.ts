import { sql } from 'kysely';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { evaluationForm } from './form/evaluation-form.ts';
import { keyText } from './key-text.ts';
import { lockRepository } from './lock-repository.ts';
import type { Session } from './session.ts';

type EvaluationPart = Pick<StoreTransaction, 'openEvaluation' | 'unfinishedEvaluations' | 'evaluationsAt' | 'staleEvaluations' | 'holdEvaluation' | 'awaitSamples' | 'finishEvaluation'>;

export function evaluationTable(session: Session): EvaluationPart {
  return {
    openEvaluation: (evaluation) => open(session, evaluation),
    unfinishedEvaluations: (repositoryId, subject) => unfinished(session, repositoryId, subject),
    evaluationsAt: (repositoryId, head) => ofHead(session, repositoryId, head),
    staleEvaluations: (before) => stale(session, before),
    holdEvaluation: (id) => hold(session, id),
    awaitSamples: (id, until) => session.run(session.database.updateTable('evaluations').set({ awaits_until: until }).where('id', '=', keyText(id))),
    finishEvaluation: (id, at) => finish(session, id, at),
  };
}

async function open(session: Session, evaluation: EvaluationRecord): Promise<{ readonly current: EvaluationRecord; readonly superseded: readonly EvaluationRecord[] }> {
  await lockRepository(session, evaluation.repository.id);
  const others = await unfinished(session, evaluation.repository.id, evaluation.subject);
  const same = others.find((one) => one.head === evaluation.head && one.rollUp === evaluation.rollUp);
  if (same === undefined) await keep(session, evaluation);
  return { current: same ?? evaluation, superseded: others.filter((one) => one !== same) };
}

async function keep(session: Session, evaluation: EvaluationRecord): Promise<void> {
  const { startedAt, awaitsUntil, ...record } = evaluation;
  const row = {
    id: keyText(evaluation.id),
    repository_id: evaluation.repository.id,
    subject: keyText(evaluation.subject),
    head: keyText(evaluation.head),
    roll_up: keyText(evaluation.rollUp),
    record: evaluationForm.write(record),
    started_at: startedAt,
    finished_at: null,
    awaits_until: awaitsUntil ?? null,
  };
  await session.run(session.database.insertInto('evaluations').values(row));
}

async function unfinished(session: Session, repositoryId: number, subject: string): Promise<readonly EvaluationRecord[]> {
  const rows = allUnfinished(session).where('repository_id', '=', repositoryId).where('subject', '=', keyText(subject));
  return (await session.rows(rows)).map(recordOf);
}

async function stale(session: Session, before: Date): Promise<readonly EvaluationRecord[]> {
  return (await session.rows(allUnfinished(session).where(sql`coalesce(awaits_until, started_at)`, '<', before))).map(recordOf);
}

async function ofHead(session: Session, repositoryId: number, head: string): Promise<readonly EvaluationRecord[]> {
  return (await session.rows(all(session).where('repository_id', '=', repositoryId).where('head', '=', keyText(head)))).map(recordOf);
}

function allUnfinished(session: Session) {
  return all(session).where('finished_at', 'is', null);
}

function all(session: Session) {
  return session.database.selectFrom('evaluations').select(['record', 'started_at', 'awaits_until']).orderBy('started_at').orderBy('id');
}

async function hold(session: Session, id: string): Promise<boolean> {
  const rows = session.database.selectFrom('evaluations').select('id').where('id', '=', keyText(id)).where('finished_at', 'is', null).forUpdate();
  return (await session.rows(rows)).length > 0;
}

async function finish(session: Session, id: string, at: Date): Promise<boolean> {
  const rows = session.database.updateTable('evaluations').set({ finished_at: at }).where('id', '=', keyText(id)).where('finished_at', 'is', null).returning('id');
  return (await session.rows(rows)).length > 0;
}

function recordOf(row: { readonly record: string; readonly started_at: Date; readonly awaits_until: Date | null }): EvaluationRecord {
  return { ...evaluationForm.read(row.record), startedAt: row.started_at, ...(row.awaits_until === null ? {} : { awaitsUntil: row.awaits_until }) };
}

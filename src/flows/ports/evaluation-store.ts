import type { EvaluationRecord } from '../../domain/evaluation-record.ts';
import type { Sha } from '../../domain/tree.ts';

/** What a store keeps of evaluations, within its transactions. */
export interface EvaluationStore {
  /** Returns the unfinished evaluation of the same subject, head and roll-up, else keeps this one. Others of the subject are superseded: the caller finishes them. */
  openEvaluation(evaluation: EvaluationRecord): Promise<{ readonly current: EvaluationRecord; readonly superseded: readonly EvaluationRecord[] }>;
  unfinishedEvaluations(repositoryId: number, subject: string): Promise<readonly EvaluationRecord[]>;
  /** Of a head, the unfinished ones among them, oldest first. */
  evaluationsAt(repositoryId: number, head: Sha): Promise<readonly EvaluationRecord[]>;
  /** Unfinished evaluations that started, or whose wait for samples ended, before the instant. */
  staleEvaluations(before: Date): Promise<readonly EvaluationRecord[]>;
  /** @returns Whether it is unfinished: until this transaction ends nobody else finishes it. */
  holdEvaluation(id: string): Promise<boolean>;
  /** Leaves it unfinished until samples of the change come, at most until an instant. */
  awaitSamples(id: string, until: Date): Promise<void>;
  /** @returns Whether it was unfinished until now: who finds it finished must write nothing in its name. */
  finishEvaluation(id: string, at: Date): Promise<boolean>;
}

import type { Decision } from '../../domain/decision.ts';
import type { ReportedPull } from '../ports/confidence-store.ts';
import type { StoreTransaction } from '../ports/store.ts';

/** Keeps what agents report of a pull request with what was verified of it, so that what becomes of it can tell how far they are to be trusted. */
export async function keepReported(transaction: Pick<StoreTransaction, 'saveConfidence'>, pull: ReportedPull, { verdicts, head }: Pick<Decision, 'verdicts' | 'head'>, now: Date): Promise<void> {
  const verification = verdicts.find((one) => one.verification !== undefined)?.verification;
  if (verification === undefined) return;
  const { evidence_digest: evidence, confidence, claims } = verification;
  // What rests on a check run alone costs an agent nothing to make.
  const hasVerifiedCritical = claims.some(({ critical, verdict, support }) => critical && support !== null && (verdict === 'verified' || verdict === 'moved'));
  const reported = { repositoryId: pull.repository.id, pullRequest: pull.number, selfReport: confidence.self_reported, hasVerifiedCritical, head, reportedAt: now.toISOString() };
  await transaction.saveConfidence(pull, evidence === null ? [] : (confidence.agents ?? []).map((agent) => ({ ...reported, agent })));
}

import type { ConfidenceCase } from '../domain/calibration/confidence-case.ts';
import { foldedLogin } from '../domain/people/contributor.ts';
import type { ReportedPull } from '../flows/ports/confidence-store.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { confidenceForm } from './form/confidence-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type ConfidencePart = Pick<StoreTransaction, 'saveConfidence' | 'confidenceOf' | 'closeConfidence' | 'revertConfidence' | 'confidenceHistory' | 'agentsOfRepository'>;

/** What agents reported, and what became of it. */
export function confidenceTables(session: Session): ConfidencePart {
  const { database } = session;
  const casesOf = (repositoryId: number, pullRequest: number) => database.selectFrom('confidence_cases').select(['account_id', 'confidence']).where('repository_id', '=', repositoryId).where('pull_request', '=', pullRequest);
  /** Rows are held, so that a close and a revert at once lose neither. */
  const change = async (repositoryId: number, pullRequest: number, to: (one: ConfidenceCase) => ConfidenceCase): Promise<void> => {
    const held = await session.rows(casesOf(repositoryId, pullRequest).orderBy('agent_key').forUpdate());
    for (const row of held) await put(session, Number(row.account_id), to(confidenceForm.read(row.confidence)));
  };
  return {
    async saveConfidence(pull, cases) {
      const { repository, number } = pull;
      const known = (await session.rows(casesOf(repository.id, number).orderBy('agent_key').forUpdate())).map(({ confidence }) => confidenceForm.read(confidence));
      if (known.some(({ closed }) => closed?.isMerged === true)) return;
      await session.run(database.deleteFrom('confidence_cases').where('repository_id', '=', repository.id).where('pull_request', '=', number));
      for (const one of cases) await put(session, repository.account.id, { ...one, ...placeOf(pull), closed: null, revertedAt: null });
    },
    async confidenceOf(repositoryId, pullRequest) {
      return (await session.rows(casesOf(repositoryId, pullRequest).orderBy('agent_key'))).map(({ confidence }) => confidenceForm.read(confidence));
    },
    closeConfidence: (repositoryId, pullRequest, closed) => change(repositoryId, pullRequest, (one) => ({ ...one, closed })),
    revertConfidence: (repositoryId, pullRequest, at) => change(repositoryId, pullRequest, (one) => ({ ...one, revertedAt: one.revertedAt ?? at })),
    async confidenceHistory(repositoryId, agent, limit) {
      const all = database.selectFrom('confidence_cases').select('confidence').where('repository_id', '=', repositoryId).where('is_closed', '=', true);
      const those = agent === null ? all : all.where('agent_key', '=', keyOf(agent));
      return (await session.rows(those.orderBy('touched_at', 'desc').orderBy('pull_request', 'desc').orderBy('agent_key').limit(limit))).map(({ confidence }) => confidenceForm.read(confidence));
    },
    async agentsOfRepository(accountId, repositoryId) {
      const keys = await session.rows(database.selectFrom('confidence_cases').select('agent_key').distinct().where('repository_id', '=', repositoryId).where('account_id', '=', accountId).where('is_closed', '=', true).orderBy('agent_key'));
      const agents: string[] = [];
      for (const { agent_key: key } of keys) {
        const newest = database.selectFrom('confidence_cases').select('confidence').where('repository_id', '=', repositoryId).where('agent_key', '=', key).where('is_closed', '=', true);
        const row = await session.first(newest.orderBy('touched_at', 'desc').limit(1));
        if (row !== null) agents.push(confidenceForm.read(row.confidence).agent);
      }
      return agents;
    },
  };
}

/** Whatever a report says, it is of the pull request that it is kept for. */
function placeOf({ repository, number }: ReportedPull): Pick<ConfidenceCase, 'repositoryId' | 'pullRequest'> {
  return { repositoryId: repository.id, pullRequest: number };
}

function keyOf(agent: string): string {
  return keyText(foldedLogin(agent));
}

async function put(session: Session, accountId: number, one: ConfidenceCase): Promise<void> {
  const key = { repository_id: one.repositoryId, pull_request: one.pullRequest, agent_key: keyOf(one.agent) };
  const values = { account_id: accountId, is_closed: one.closed !== null, touched_at: new Date(one.closed?.at ?? one.reportedAt), confidence: confidenceForm.write(one) };
  await session.run(session.database.insertInto('confidence_cases').values({ ...key, ...values }).onConflict((conflict) => conflict.columns(['repository_id', 'pull_request', 'agent_key']).doUpdateSet(values)));
}

import { refusalOf } from '../../domain/refusal.ts';
import type { WriteAnswer } from '../../domain/remediation/write-answer.ts';
import type { Sha } from '../../domain/tree.ts';
import { listAt, textAt, valueAt } from '../answer.ts';
import { answerTo } from './answer-to.ts';
import { mutationAnswer } from './mutation-answer.ts';
import type { RepositoryCalls } from '../repository-calls.ts';
import type { RemediationMemory } from './remediation-memory.ts';

/** Compare and swap: GitHub refuses where a ref is not at `beforeOid`. Zeros stand for a ref that is not there. */
const mutation = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }';

export interface RefChange {
  readonly branch: string;
  /** Null: it must not exist. */
  readonly from: Sha | null;
  /** Null: it is deleted. */
  readonly to: Sha | null;
}

/**
 * Changes one branch if it is as expected. A server without the mutation can still create one, which is atomic too; it never moves or
 * deletes one, since nothing else of GitHub's compares.
 */
export async function updateRef(calls: RepositoryCalls, memory: RemediationMemory, { branch, from, to }: RefChange): Promise<WriteAnswer> {
  const zeros = '0'.repeat((from ?? to ?? '').length);
  const update = { name: `refs/heads/${branch}`, beforeOid: from ?? zeros, afterOid: to ?? zeros, force: false };
  const body = await answerTo(async () => calls.commit(mutation, { input: { repositoryId: memory.repositoryId ?? (await readRepositoryId(calls)), refUpdates: [update] } }));
  if ('kind' in body) return body;
  if (!isUnknownMutation(body.answer)) return mutationAnswer(body.answer, ['data', 'updateRefs']);
  return from === null && to !== null ? createRef(calls, branch, to) : { kind: 'refused', refusal: refusalOf('disabled'), why: 'This GitHub has no updateRefs: branches are created, and neither moved nor deleted.' };
}

async function createRef(calls: RepositoryCalls, branch: string, at: Sha): Promise<WriteAnswer> {
  const made = await answerTo(() => calls.createRef(`refs/heads/${branch}`, at));
  return 'kind' in made ? made : { kind: 'written' };
}

async function readRepositoryId(calls: RepositoryCalls): Promise<string> {
  return textAt(await calls.query('query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { id } }'), ['id']);
}

function isUnknownMutation(body: unknown): boolean {
  const errors = valueAt(body, ['errors']) === undefined ? [] : listAt(body, ['errors']);
  return errors.some((error) => {
    const message = valueAt(error, ['message']);
    return typeof message === 'string' && /updateRefs.*(?:doesn't exist|does not exist)|UpdateRefsInput isn't a defined/.test(message);
  });
}


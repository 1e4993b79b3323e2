import { Failure } from '../../domain/failure.ts';
import { refusalOf } from '../../domain/refusal.ts';
import type { OpenAnswer, WriteAnswer } from '../../domain/remediation/write-answer.ts';
import type { Sha } from '../../domain/tree.ts';
import { numberAt, textAt, valueAt } from '../answer.ts';
import { createPullRequest } from '../pull-requests.ts';
import type { RepositoryCalls } from '../repository-calls.ts';
import { answerTo } from './answer-to.ts';
import { mutationAnswer } from './mutation-answer.ts';
import type { RemediationMemory } from './remediation-memory.ts';

interface PullRequestToOpen {
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly text: string;
}

export async function openRemediation(calls: RepositoryCalls, memory: RemediationMemory, wanted: PullRequestToOpen): Promise<OpenAnswer> {
  const made = await answerTo(() => createPullRequest(calls, wanted));
  if ('kind' in made) return made;
  memory.learnCreated(made.answer);
  return { kind: 'opened', number: numberAt(made.answer, ['number']), url: textAt(made.answer, ['html_url']) };
}

export async function editText(calls: RepositoryCalls, number: number, text: string): Promise<WriteAnswer> {
  const answer = await answerTo(() => calls.write('PATCH', '/pulls/{pull_number}', { pull_number: number, body: text }));
  return 'kind' in answer ? answer : { kind: 'written' };
}

export async function setPullRequestState(calls: RepositoryCalls, number: number, state: 'open' | 'closed'): Promise<WriteAnswer> {
  const answer = await answerTo(() => calls.write('PATCH', '/pulls/{pull_number}', { pull_number: number, state }));
  if ('kind' in answer) return answer;
  return valueAt(answer.answer.body, ['state']) === state ? { kind: 'written' } : { kind: 'moved' };
}

const mutation = 'mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) { clientMutationId } }';

export async function armAutoMerge(calls: RepositoryCalls, memory: RemediationMemory, number: number, head: Sha): Promise<WriteAnswer> {
  const { mergeMethod } = memory;
  if (mergeMethod === null) return { kind: 'refused', refusal: refusalOf('disabled'), why: 'The repository does not let pull requests merge by themselves.' };
  const pullRequestId = memory.pullRequestId(number);
  if (pullRequestId === null) throw new Failure('GITHUB_UNAVAILABLE', `Cannot arm #${number}: its id was not read, expected it`);
  return mutationAnswer(await calls.merge(mutation, { input: { pullRequestId, expectedHeadOid: head, mergeMethod } }), ['data', 'enablePullRequestAutoMerge']);
}

import { expressionsIn } from './expressions-in.ts';

/** Names under which an event tells of a commit, a branch or a repository that a stranger may have made. */
const markers = ['pull_request.head', "['head']", 'head_ref', 'head_sha', 'head_branch', 'head_repository', 'head_commit', 'merge_commit_sha', 'workflow_run.head', 'workflow_run.pull_requests'];

/** Whether an expression in a text names a commit, branch or repository of the head. */
export function namesHead(text: string): boolean {
  return expressionsIn(text).some((expression) => markers.some((marker) => expression.toLowerCase().includes(marker)));
}

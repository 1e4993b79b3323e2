import { expressionsIn } from './expressions-in.ts';
import { scriptText } from './script-text.ts';

/** Names under which an event tells of a commit, a branch or a repository that a stranger may have made. */
const markers = ['pull_request.head', "['head']", 'head_ref', 'head_sha', 'head_branch', 'head_repository', 'head_commit', 'merge_commit_sha', 'workflow_run.head', 'workflow_run.pull_requests'];

/** The refs by which GitHub gives what a pull request proposes. */
const refsOfProposals = /\brefs\/pull\b|\bpull\/[^\n/]{1,200}\/(?:head|merge)\b/;

/** Whether a text names a commit, branch or repository of the head, by an expression or by its ref. */
export function namesHead(text: string): boolean {
  return expressionsIn(text).map(withoutBlanks).some((expression) => markers.some((marker) => expression.includes(marker))) || namesProposal(scriptText(text));
}

function withoutBlanks(expression: string): string {
  return expression.toLowerCase().replaceAll(/\s/g, '');
}

/** What a command within prints stands there in its place. */
function namesProposal(text: string): boolean {
  return refsOfProposals.test(text) || refsOfProposals.test(text.replaceAll(/\$\([^()\n]{0,200}\)/g, '$'));
}

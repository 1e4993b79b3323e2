import { foldedLogin } from '../domain/people/contributor.ts';
import type { ApprovingReview } from '../domain/people/approving-review.ts';
import { kindOfAccount } from '../domain/people/kind-of-account.ts';
import { numberAt, optionalTextAt, shaAt, textAt, valueAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** States that are an author's word on the change; a comment is none. */
const words = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

/** The approvals that stand: each author's newest word, where that is one. GitHub lists the oldest first. */
export async function readApprovingReviews(calls: RepositoryCalls, number: number): Promise<readonly ApprovingReview[]> {
  const newest = new Map<string, unknown>();
  await forEachItem((page) => calls.read('/pulls/{pull_number}/reviews', { pull_number: number, ...page }), [], (item) => {
    const login = optionalTextAt(item, ['user', 'login']);
    if (login !== null && words.includes(textAt(item, ['state']))) newest.set(foldedLogin(login), item);
  });
  return [...newest.values()].flatMap(approvalOf);
}

/** A commit that is gone was approved by nobody. */
function approvalOf(item: unknown): readonly ApprovingReview[] {
  if (textAt(item, ['state']) !== 'APPROVED' || optionalTextAt(item, ['commit_id']) === null) return [];
  const user = valueAt(item, ['user']);
  const person = { login: textAt(user, ['login']), id: numberAt(user, ['id']), kind: kindOfAccount(textAt(user, ['type'])) };
  return [{ person, commit: shaAt(item, ['commit_id']), association: textAt(item, ['author_association']), at: textAt(item, ['submitted_at']) }];
}

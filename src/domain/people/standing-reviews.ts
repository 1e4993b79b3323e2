import { takesBack } from './takes-back.ts';
import type { VoteRecord } from './vote-record.ts';
import type { Vote, VoteTarget } from './vote.ts';

/** What stands of approving reviews: a word that takes back, said no earlier, takes back what a review says too. @param records What was said in comments on the same pull requests. */
export function standingReviews(reviews: readonly Vote[], records: readonly VoteRecord[]): readonly Vote[] {
  const withdrawn = records.filter(({ says }) => says === 'withdraw');
  return reviews.flatMap((review) => {
    const about = withdrawn.filter((record) => record.person.id === review.id && record.pullRequest === review.pullRequest && Date.parse(record.at) >= Date.parse(review.at));
    if (about.some(({ scope }) => scope === 'all')) return [];
    return about.length === 0 ? [review] : [{ ...review, target: withoutThese(review.target, about) }];
  });
}

function withoutThese(target: VoteTarget, about: readonly VoteRecord[]): VoteTarget {
  if (target.kind === 'items') return { ...target, items: target.items.filter((item) => !about.some((record) => takesBack(record, item))) };
  return { ...target, except: { scopes: about.map(({ scope }) => scope), bindings: about.flatMap(({ items }) => items.map(({ binding }) => binding)) } };
}

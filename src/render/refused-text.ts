import type { ReplyText } from './command-reply.ts';

/** A refusal: that nothing was changed, why, and one next step. */
export function refused(why: string, next: string): ReplyText {
  return { title: 'not done', paragraphs: [`Nothing was changed. ${why} **Next:** ${next}`] };
}

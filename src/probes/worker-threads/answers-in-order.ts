import type { FromWorker } from './thread-protocol.ts';

/** Finished answers are sent at least this often, so that a document that hangs costs the others little. */
const sendEveryMs = 20;

/** Answers to documents in their order, sent several at a time: a message for each would cost more than a usual document does. */
export interface AnswersInOrder<Answer> {
  add(answer: Answer): void;
  /** Sends what was not sent yet. */
  flush(): void;
}

export function answersInOrder<Answer>(send: (message: FromWorker<Answer>) => void): AnswersInOrder<Answer> {
  let open: { readonly from: number; readonly answers: Answer[]; readonly since: number } = { from: 0, answers: [], since: performance.now() };
  const flush = (): void => {
    const { from, answers } = open;
    if (answers.length > 0) send({ kind: 'answers', from, answers });
    open = { from: from + answers.length, answers: [], since: performance.now() };
  };
  return {
    add(answer) {
      open.answers.push(answer);
      if (performance.now() - open.since >= sendEveryMs) flush();
    },
    flush,
  };
}

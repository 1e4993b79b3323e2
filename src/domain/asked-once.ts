/** What stays as it is, asked for when it is first needed: who asks at once shares the answer. After trouble it is asked again. */
export function askedOnce<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let known: Promise<Answer> | null = null;
  return () => {
    known ??= ask().catch((thrown: unknown) => {
      known = null;
      throw thrown;
    });
    return known;
  };
}

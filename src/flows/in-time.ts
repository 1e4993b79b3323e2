/** What work gives within so many milliseconds; null when they are over. The work itself goes on, and what it gives later is nobody's. @throws What the work throws in time. */
export async function inTime<Result>(milliseconds: number, work: Promise<Result>): Promise<Result | null> {
  const { promise: over, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), milliseconds);
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}

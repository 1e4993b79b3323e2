/** Thrown by `withinTime`. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Runs work that is told by a signal when its time is over, and does not wait for what hears no signal, as a look-up of
 * the system. The signal is raised at the end in any case: what is still open then is closed.
 * @throws OutOfTime, and what the work throws before.
 */
export async function withinTime<Result>(timeoutMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const control = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new OutOfTime());
    control.abort();
  }, timeoutMs);
  try {
    return await Promise.race([work(control.signal), over]);
  } finally {
    clearTimeout(timer);
    control.abort();
  }
}

import { Failure } from '../domain/failure.ts';

/** What is not there is null; all other trouble stays what it is. */
export async function nullWhenMissing<Found>(read: () => Promise<Found | null>): Promise<Found | null> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NOT_FOUND') return null;
    throw thrown;
  }
}

import { Failure } from '../../domain/failure.ts';

/** A file is of one log: whoever asks for another one is told so, and not answered about it. @throws Failure USAGE */
export function refuseAccountOfFile(source: string, account: number | null): void {
  if (account === null || source === 'store') return;
  throw new Failure('USAGE', `Cannot choose a log in ${source}: found --account ${account} with a file, which holds one log. Leave out --account, and read in the result whose log it is.`);
}

import { Failure } from '../domain/failure.ts';
import type { RepositoryNamed } from '../flows/ports/store-search.ts';

/** A repository as a command is told it. @throws Failure USAGE when it is neither a name nor a number. */
export function repositoryNamed(text: string): RepositoryNamed {
  if (/^[1-9]\d{0,14}$/.test(text)) return { kind: 'id', id: Number(text) };
  if (/^[A-Za-z0-9._-]{1,100}\/[A-Za-z0-9._-]{1,100}$/.test(text)) return { kind: 'name', name: text };
  throw new Failure('USAGE', `Cannot read the repository ${JSON.stringify(text.slice(0, 80))}, expected owner/name or its number at GitHub.`);
}

import { Failure } from '../domain/failure.ts';
import { numberAt, textAt } from './answer.ts';
import { nullWhenMissing } from './null-when-missing.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Whether anybody is called so now, whom GitHub shows. */
export async function hasAccount(calls: RepositoryCalls, login: string): Promise<boolean> {
  return (await nullWhenMissing(() => calls.readAccountNamed(login))) !== null;
}

/** What an account is called now. One that was deleted, and one that GitHub hides, is missing. */
export async function readLogin(calls: RepositoryCalls, id: number): Promise<string | null> {
  const answer = await nullWhenMissing(() => calls.readAccount(id));
  if (answer === null) return null;
  if (numberAt(answer.body, ['id']) === id) return textAt(answer.body, ['login']);
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell what account ${id} is called: GitHub answers about another one, expected this one`);
}

import assert from 'node:assert/strict';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { eventually } from './eventually.ts';
import { plumbline } from './on-one-server/one-server.ts';

/** Our one reply to a comment, once it says this. */
export async function reply(repository: RepositoryRef, number: number, comment: number, says: RegExp): Promise<string> {
  const bodies = async (): Promise<readonly string[]> => (await plumbline.github.comments(repository, number)).map((one) => String(one['body']));
  const look = async (): Promise<string | null> => {
    const replies = (await bodies()).filter((body) => body.includes(`<!-- plumbline:command-${comment} -->`));
    assert.ok(replies.length <= 1, 'one reply to a command');
    return replies.find((body) => says.test(body)) ?? null;
  };
  const instead = async (): Promise<string> => [...(await bodies()), ...plumbline.server.lines.filter((line) => line.includes('command')).slice(-20)].join('\n');
  return eventually(`a reply to ${comment} that says ${String(says)}`, look, { instead });
}

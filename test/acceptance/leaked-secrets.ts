import type { GitHubServer } from '../github/start-github.ts';

/** Lines of output with something in them that only the server may know. Empty when it kept everything to itself. */
export function leakedSecrets(lines: readonly string[], github: Pick<GitHubServer, 'privateKey' | 'webhookSecret'>): readonly string[] {
  const key = github.privateKey.split('\n').filter((line) => line.length >= 32 && !line.startsWith('-----'));
  const canaries = [github.webhookSecret, ...key];
  return lines.filter((line) => canaries.some((canary) => line.includes(canary)) || /gh[a-z]_[A-Za-z0-9._-]{16,}|eyJ[A-Za-z0-9_-]{16,}\./.test(line));
}

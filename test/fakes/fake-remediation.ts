import type { SeenPullRequest } from '../../src/domain/remediation/remediation-reading.ts';
import type { WriteAnswer } from '../../src/domain/remediation/write-answer.ts';
import type { GitHubRemediation } from '../../src/flows/ports/github-remediation.ts';
import type { FakeGitHub } from './fake-github.ts';

const own = 'plumbline[bot]';
const written: WriteAnswer = { kind: 'written' };
const moved: WriteAnswer = { kind: 'moved' };

/** Remediation of the repository in memory: refs compare and swap, and who closed what is remembered. */
export function fakeRemediation(github: FakeGitHub): GitHubRemediation {
  const urlOf = (number: number): string => `https://github.test/acme/shop/pull/${number}`;
  const setState = (number: number, state: 'open' | 'closed'): WriteAnswer => {
    const facts = github.pulls.get(number);
    if (facts === undefined || facts.state === 'merged') return moved;
    github.pulls.set(number, { ...facts, state });
    github.closedBy.set(number, 'us');
    return written;
  };
  const stateOf = (number: number): SeenPullRequest['state'] => {
    const state = github.pulls.get(number)?.state ?? 'open';
    const at = '2026-11-20T12:00:00.000Z';
    if (state === 'open') return { kind: 'open', mergesBy: github.armed.includes(number) ? 'auto_merge' : null, conflicts: false };
    return state === 'merged' ? { kind: 'merged', at } : { kind: 'closed', at, by: github.closedBy.get(number) ?? 'human' };
  };
  const seen = (number: number): SeenPullRequest => {
    const facts = github.pulls.get(number);
    const opened = github.opened.find((one) => one.number === number);
    return { number, url: urlOf(number), openedByUs: facts?.author === own, fromFork: false, branch: github.heads.get(number) ?? '', baseBranch: facts?.baseBranch ?? '', head: facts?.head ?? '', body: opened?.text ?? null, state: stateOf(number) };
  };
  const textOf = async (blob: string): Promise<string> => {
    const content = (await github.repository.blobs([{ blob, size: null }])).get(blob);
    return content?.kind === 'bytes' ? new TextDecoder().decode(content.bytes) : '';
  };
  return {
    async read({ baseBranch, heads, numbers }) {
      github.count('remediation.read');
      const branches = [...github.branches].filter(([name]) => name.startsWith('plumbline')).map(([name, tip]) => ({ name, tip }));
      const all = [...github.pulls.keys()].map(seen);
      const pullRequests = all.filter((one) => numbers.includes(one.number) || heads.includes(one.branch) || (one.state.kind === 'open' && (one.openedByUs || one.branch.startsWith('plumbline'))));
      return { base: github.branches.get(baseBranch) ?? null, mergesByItself: true, branches, pullRequests };
    },
    hasRoom: () => true,
    async makeCommit({ parents, onto, files }) {
      const name = `detached/${parents.join('+')}`;
      github.branches.set(name, onto);
      const sha = github.commit(name, Object.fromEntries(await Promise.all(files.map(async (file) => [file.path, 'blob' in file ? await textOf(file.blob) : file.text]))), parents);
      github.branches.delete(name);
      return sha;
    },
    async createBranch(branch, at) {
      github.count('remediation.createBranch');
      if (github.branches.has(branch)) return moved;
      github.branches.set(branch, at);
      return written;
    },
    async moveBranch(branch, from, to) {
      if (github.branches.get(branch) !== from) return moved;
      github.push(branch, to);
      return written;
    },
    async deleteBranch(branch, at) {
      github.count('remediation.deleteBranch');
      if (github.branches.get(branch) !== at) return moved;
      github.branches.delete(branch);
      return written;
    },
    async openPullRequest(wanted) {
      const number = await github.repository.openPullRequest(wanted);
      return { kind: 'opened', number, url: urlOf(number) };
    },
    async editText(number, text) {
      const index = github.opened.findIndex((one) => one.number === number);
      const known = github.opened[index];
      if (known !== undefined) github.opened.splice(index, 1, { ...known, text });
      return written;
    },
    async armAutoMerge(number) {
      github.armed.push(number);
      return written;
    },
    close: async (number) => setState(number, 'closed'),
    reopen: async (number) => setState(number, 'open'),
    async textNow(number) {
      return github.opened.find((one) => one.number === number)?.text ?? null;
    },
    async headNow(number) {
      const facts = github.pulls.get(number);
      return facts?.state === 'open' ? facts.head : null;
    },
    async say(number, text) {
      const marker = '<!-- plumbline:remediation -->';
      const found = github.comments.find((one) => one.pullRequest === number && one.body.includes(marker));
      if (found === undefined) github.comments.push({ id: 1 + github.comments.length, pullRequest: number, body: `${text}\n\n${marker}` });
      else found.body = `${text}\n\n${marker}`;
    },
  };
}

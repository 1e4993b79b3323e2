import type { Planning } from './plan.ts';
import type { PlaybookTest } from './playbook-test.ts';

/** What a planning gives otherwise than a test expects, in words; none where it passes. @param issueText What the issue says; null: there is none. */
export function testMismatches({ expect }: Pick<PlaybookTest, 'expect'>, planning: Planning, issueText: string | null): readonly string[] {
  if (planning.kind === 'unread') return ['facts are missing, expected a plan or a refusal'];
  if (planning.kind === 'refused') {
    const { kind, found, expected } = planning.refusal;
    return expect.refused === kind ? [] : [`refused (${kind}): found ${found}, expected ${expected}`];
  }
  if (expect.refused !== null) return [`planned, expected a refusal (${expect.refused})`];
  const { files, unsigned } = planning.plan;
  const written = new Map(files.map(({ path, text }) => [path, text]));
  const keys = unsigned.map(({ key }) => key ?? '').toSorted();
  return [
    ...files.flatMap(({ path, text }) => (expect.files.has(path) ? (expect.files.get(path) === text ? [] : [`${path}: found ${JSON.stringify(text)}, expected ${JSON.stringify(expect.files.get(path))}`]) : [`${path} is written, expected that it is not`])),
    ...[...expect.files.keys()].filter((path) => !written.has(path)).map((path) => `${path} is not written, expected that it is`),
    ...(issueText !== null && expect.issue === null ? ['an issue is opened, expected none'] : []),
    ...(expect.issue ?? []).filter((part) => issueText === null || !issueText.includes(part)).map((part) => `the issue does not say ${JSON.stringify(part)}`),
    ...(keys.join('\n') === expect.unsigned.toSorted().join('\n') ? [] : [`to be signed with ${keys.join(', ') || 'no key'}, expected ${expect.unsigned.join(', ') || 'none'}`]),
  ];
}

import { member } from '../../../domain/configuration/member.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { EvidenceFound, EvidenceQuery } from '../../../flows/retrieval/search-evidence.ts';
import type { RepositoryNamed } from '../../../flows/ports/store-search.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { readingRoles } from '../principal.ts';
import { reading } from '../reading.ts';
import type { ReadingPorts } from '../reading.ts';

const mostPassages = 20;
const passagesUnlessSaid = 5;

export const searchEvidence = {
  method: 'post',
  path: '/evidence/search',
  summary: 'Passages of a repository that fit a query: what an agent may want to cite. It verifies nothing.',
  roles: readingRoles,
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: {},
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['repository', 'query'],
    properties: {
      repository: { ...parameters.repository.schema, description: 'Its number at GitHub as a text, or `owner/name`.' },
      commit: { ...parameters.sha.schema, description: 'Whole id of a commit of the default branch, or in its history; left out: the tip.' },
      query: { type: 'string', minLength: 1, maxLength: 1_000 },
      k: { description: `Passages at most; left out: ${passagesUnlessSaid}.`, type: 'integer', minimum: 1, maximum: mostPassages },
    },
  },
  answers: { 200: { description: 'The best first.', type: 'application/json', schema: { $ref: '#/components/schemas/Passages' } } },
  problems: { 404: '`not_found`: the account has no such repository here, or its default branch no such commit.' },
} as const satisfies OperationShape;

export interface EvidencePorts extends ReadingPorts {
  readonly searchEvidence: (query: EvidenceQuery) => Promise<EvidenceFound>;
}

/** Searches of one process at once: each may read and index thousands of files. */
const atOnce = 2;

/** Who searched for what is kept, as of every reading. */
export function evidenceSearch(ports: EvidencePorts): (asked: Asked<typeof searchEvidence>) => Promise<ApiAnswer> {
  let running = 0;
  return async ({ principal, path, query: { account }, body }) => {
    const wanted = wantedOf(body ?? {});
    const record = { repository: wanted.named, commit: wanted.commit, query: wanted.query };
    const answer = reading(ports, 'searchEvidence', async (_asked, of) => {
      if (running >= atOnce) return problemAnswer({ status: 503, code: 'busy', detail: 'Too many searches run at once: send it again.', retryAfter: 5 });
      running += 1;
      try {
        return answerOf(await ports.searchEvidence({ account: of.account, repository: repositoryOf(wanted.named), commit: wanted.commit, query: wanted.query, k: wanted.k }), of.account);
      } finally {
        running -= 1;
      }
    });
    return await answer({ principal, path, query: { account, ...record }, body: null });
  };
}

interface Wanted {
  readonly named: string;
  readonly commit: string | null;
  readonly query: string;
  readonly k: number;
}

/** The body was validated by its schema. */
function wantedOf(body: JsonObject): Wanted {
  return { named: member.text(body, 'repository') ?? '', commit: member.text(body, 'commit') ?? null, query: member.text(body, 'query') ?? '', k: member.number(body, 'k') ?? passagesUnlessSaid };
}

function repositoryOf(named: string): RepositoryNamed {
  return parameters.repository.read(named) ?? { kind: 'name', name: named };
}

function answerOf(found: EvidenceFound, account: number): ApiAnswer {
  switch (found.kind) {
    case 'unknown_repository':
      return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such repository here, expected one that was judged or is scanned.` });
    case 'unknown_commit':
      return problemAnswer({ status: 404, code: 'not_found', detail: 'The default branch has no such commit in its history: nothing else can be cited.' });
    case 'found':
      return { kind: 'json', status: 200, value: { account, repository: { ...found.repository }, commit: found.commit, complete: found.isComplete, passages: found.passages.map((passage) => ({ ...passage })) } };
  }
}

/**
 * The parts of webhook payloads that become jobs, as JSON schemas. GitHub signs the envelope, but names, refs and titles in it are
 * chosen by whoever opened the pull request. Members that are not listed are not read.
 */
const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER } as const;
const sha = { type: 'string', pattern: '^(?:[0-9a-f]{40}|[0-9a-f]{64})$' } as const;
const ref = { type: 'string', minLength: 1, maxLength: 1024 } as const;
const login = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' } as const;
const repositoryName = { type: 'string', pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}$' } as const;

const account = {
  type: 'object',
  required: ['id', 'login', 'type'],
  properties: { id, login, type: { type: 'string', maxLength: 40 } },
} as const;

const repository = {
  type: 'object',
  required: ['id', 'name', 'owner'],
  properties: { id, name: repositoryName, owner: account },
} as const;

const installation = { type: 'object', required: ['id'], properties: { id } } as const;

const envelope = { repository, installation } as const;
const inRepository = ['repository', 'installation'] as const;

const pullRequestNumber = { type: 'object', required: ['number'], properties: { number: id } } as const;

/** Whoever caused an event: an App's login ends in `[bot]`. */
const sender = {
  type: 'object',
  required: ['id', 'login', 'type'],
  properties: { id, login: { type: 'string', minLength: 1, maxLength: 110 }, type: { type: 'string', maxLength: 40 } },
} as const;

const arrivedPullRequest = {
  type: 'object',
  required: ['number', 'head'],
  properties: {
    number: id,
    head: { type: 'object', required: ['sha'], properties: { sha } },
    updated_at: { type: 'string', maxLength: 40 },
  },
} as const;

/** A check names pull requests of other repositories too: the base tells which are ours. */
const checkedPullRequests = {
  type: 'array',
  maxItems: 100,
  items: {
    type: 'object',
    required: ['number', 'base'],
    properties: {
      number: id,
      base: { type: 'object', required: ['repo'], properties: { repo: { type: 'object', required: ['id'], properties: { id } } } },
    },
  },
} as const;

const check = {
  type: 'object',
  required: ['head_sha', 'app', 'pull_requests'],
  properties: {
    head_sha: sha,
    app: { type: ['object', 'null'], required: ['id'], properties: { id } },
    pull_requests: checkedPullRequests,
  },
} as const;

const listedRepositories = {
  type: 'array',
  items: { type: 'object', required: ['id', 'name'], properties: { id, name: repositoryName } },
} as const;

const installed = {
  type: 'object',
  required: ['id', 'account'],
  properties: { id, account },
} as const;

/** Somebody whose place changed; null where the account is gone. */
const person = { type: ['object', 'null'], required: ['id', 'login'], properties: { id, login: { type: 'string', minLength: 1, maxLength: 110 } } } as const;

const organization = { type: 'object', required: ['id'], properties: { id } } as const;

export const eventSchemas = {
  pullRequest: {
    type: 'object',
    required: [...inRepository, 'pull_request'],
    properties: { ...envelope, pull_request: pullRequestNumber, changes: { type: 'object' } },
  },
  /** What an event that brings a head to a pull request says beside it. */
  arrival: {
    type: 'object',
    required: ['repository', 'pull_request', 'sender'],
    properties: { repository, pull_request: arrivedPullRequest, sender, before: sha },
  },
  mergeGroup: {
    type: 'object',
    required: [...inRepository, 'merge_group'],
    properties: {
      ...envelope,
      merge_group: {
        type: 'object',
        required: ['head_sha', 'head_ref', 'base_sha', 'base_ref'],
        properties: { head_sha: sha, head_ref: ref, base_sha: sha, base_ref: ref },
      },
    },
  },
  push: {
    type: 'object',
    required: [...inRepository, 'ref', 'before', 'after', 'deleted'],
    properties: { ...envelope, ref, before: sha, after: sha, deleted: { type: 'boolean' } },
  },
  checkRun: { type: 'object', required: [...inRepository, 'check_run'], properties: { ...envelope, check_run: {
    type: 'object',
    required: ['head_sha', 'app', 'pull_requests'],
    properties: check.properties,
  } } },
  /** Of any App. */
  endedRun: {
    type: 'object',
    required: [...inRepository, 'check_run'],
    properties: {
      ...envelope,
      check_run: {
        type: 'object',
        required: ['id', 'head_sha', 'app', 'conclusion'],
        properties: { id, head_sha: sha, app: check.properties.app, conclusion: { type: ['string', 'null'], minLength: 1, maxLength: 40 } },
      },
    },
  },
  requestedAction: {
    type: 'object',
    required: [...inRepository, 'check_run', 'requested_action', 'sender'],
    properties: {
      ...envelope,
      check_run: {
        type: 'object',
        required: ['head_sha', 'app', 'external_id'],
        properties: { head_sha: sha, app: check.properties.app, external_id: { type: ['string', 'null'], maxLength: 1024 } },
      },
      requested_action: { type: 'object', required: ['identifier'], properties: { identifier: { type: 'string', maxLength: 20 } } },
      sender,
    },
  },
  issueComment: {
    type: 'object',
    required: [...inRepository, 'issue', 'comment'],
    properties: {
      ...envelope,
      issue: { type: 'object', required: ['number'], properties: { number: id, pull_request: { type: 'object' } } },
      comment: {
        type: 'object',
        required: ['id', 'body', 'user'],
        properties: { id, body: { type: ['string', 'null'] }, user: { type: ['object', 'null'], required: ['login', 'type'], properties: { login: { type: 'string', minLength: 1, maxLength: 110 }, type: { type: 'string', maxLength: 40 } } } },
      },
    },
  },
  /** In a team. */
  membership: { type: 'object', required: ['organization', 'member'], properties: { organization, member: person } },
  /** In a repository. */
  member: { type: 'object', required: ['repository', 'member'], properties: { repository, member: person } },
  /** A team itself; in which repository it may do something else, where it is about that. */
  team: {
    type: 'object',
    required: ['organization'],
    properties: { organization, repository: { type: 'object', required: ['id'], properties: { id } }, changes: { type: 'object' } },
  },
  /** In an organisation. */
  organization: {
    type: 'object',
    required: ['organization', 'membership'],
    properties: { organization, membership: { type: 'object', required: ['user'], properties: { user: person } } },
  },
  checkSuite: { type: 'object', required: [...inRepository, 'check_suite'], properties: { ...envelope, check_suite: check } },
  installation: {
    type: 'object',
    required: ['installation'],
    properties: { installation: installed, repositories: listedRepositories },
  },
  installationRepositories: {
    type: 'object',
    required: ['installation', 'repositories_added'],
    properties: { installation: installed, repositories_added: listedRepositories },
  },
} as const;

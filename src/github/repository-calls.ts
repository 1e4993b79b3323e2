import type { RepositoryRef } from '../domain/repository.ts';
import { valueAt } from './answer.ts';
import type { Answer, Connection } from './connection.ts';
import type { IsAside } from './graphql.ts';
import { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import { actionsScope, committingScope, membersScope, mergingScope, peopleScope, queueScope, readingScope, writingScope } from './scope.ts';
import type { Scope } from './scope.ts';

export interface PeopleQuery {
  readonly query: string;
  readonly isOfMembers: boolean;
  readonly isOfRepository: boolean;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Calls about one repository: routes and queries get its owner and name, and the token that fits. */
export class RepositoryCalls {
  readonly ref: RepositoryRef;
  readonly #connection: Connection;
  readonly #reading: Scope;
  readonly #writing: Scope;

  constructor(connection: Connection, ref: RepositoryRef, reading: Scope = readingScope(ref), writing: Scope = writingScope(ref)) {
    this.ref = ref;
    this.#connection = connection;
    this.#reading = reading;
    this.#writing = writing;
  }

  /** `route` goes on after `/repos/{owner}/{repo}`. */
  read(route: string, parameters: Parameters = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#connection.read(this.#reading, `/repos/{owner}/{repo}${route}`, this.#named(parameters), headers);
  }

  /** The `repository` member of the answer; the query declares `$owner` and `$name`. */
  query(query: string, variables: Parameters = {}): Promise<unknown> {
    return this.#queryAs(this.#reading, query, variables);
  }

  /** As `query`, with the token that may read merge queues. */
  queryQueue(query: string, variables: Parameters): Promise<unknown> {
    return this.#queryAs(queueScope(this.ref), query, variables);
  }

  /** The repository itself, with what GitHub shows only to who may write contents. Nothing is written. */
  readAsCommitter(): Promise<Answer> {
    return this.#connection.read(committingScope(this.ref), '/repos/{owner}/{repo}', this.#named({}));
  }

  /** `route` goes on after `/repos/{owner}/{repo}/actions`. With the token that may read what workflows left behind. */
  readActions(route: string, parameters: Parameters): Promise<Answer> {
    return this.#connection.read(actionsScope(this.ref), `/repos/{owner}/{repo}/actions${route}`, this.#named(parameters));
  }

  /** As `readActions`, of what is answered with an address. */
  locateActions(route: string, parameters: Parameters): Promise<URL> {
    return this.#connection.locate(actionsScope(this.ref), `/repos/{owner}/{repo}/actions${route}`, this.#named(parameters));
  }

  /** `route` goes on after `/orgs/{org}`. With the token that may read members, and nothing else. */
  readOrganization(route: string, parameters: Parameters): Promise<Answer> {
    return this.#connection.read(membersScope(this.ref.installationId), `/orgs/{org}${route}`, { ...parameters, org: this.ref.account.login });
  }

  /** An account, whatever it is called. */
  readAccount(id: number): Promise<Answer> {
    return this.#connection.read(this.#reading, '/user/{account_id}', { account_id: id });
  }

  readAccountNamed(login: string): Promise<Answer> {
    return this.#connection.read(this.#reading, '/users/{username}', { username: login });
  }

  /**
   * The whole answer, with a token that shows what is asked and no more: members of the organisation, then the query declares `$login`;
   * this repository, then `$owner` and `$name`. An organisation that is asked is in it.
   */
  async queryPeople({ query, isOfMembers, isOfRepository }: PeopleQuery, variables: Parameters, isAside: IsAside): Promise<unknown> {
    const { owner, name, account } = this.ref;
    const scope = !isOfMembers ? this.#reading : isOfRepository ? peopleScope(this.ref) : membersScope(this.ref.installationId);
    const answer = await this.#connection.query(scope, query, { ...variables, ...(isOfMembers ? { login: account.login } : {}), ...(isOfRepository ? { owner, name } : {}) }, isAside);
    if (isOfMembers) this.#organizationIn(answer);
    if (isOfRepository && !isOfMembers) this.#repositoryIn(answer);
    return answer;
  }

  #organizationIn(answer: unknown): unknown {
    const organization = valueAt(answer, ['organization']);
    if (organization !== null && organization !== undefined) return organization;
    throw new Failure('NOT_FOUND', `Cannot read ${this.ref.account.login}: GitHub shows no such organization, expected one that the App is installed on`);
  }

  async #queryAs(scope: Scope, query: string, variables: Parameters): Promise<unknown> {
    const { owner, name } = this.ref;
    return this.#repositoryIn(await this.#connection.query(scope, query, { ...variables, owner, name }));
  }

  #repositoryIn(answer: unknown): unknown {
    const repository = valueAt(answer, ['repository']);
    if (repository !== null && repository !== undefined) return repository;
    throw new Failure('NOT_FOUND', `Cannot read ${fullNameOf(this.ref)}: GitHub shows no such repository, expected one that the App is installed on`);
  }

  /** A POST here MUST be one that GitHub takes twice as once. */
  write(method: 'PATCH' | 'POST', route: string, parameters: Parameters): Promise<Answer> {
    return this.#connection.write(this.#writing, `${method} /repos/{owner}/{repo}${route}`, this.#named(parameters));
  }

  create(route: string, parameters: Parameters): Promise<Answer> {
    return this.#connection.create(this.#writing, `POST /repos/{owner}/{repo}${route}`, this.#named(parameters));
  }

  /** A PATCH that adds something: repeating it would add it twice. */
  append(route: string, parameters: Parameters): Promise<Answer> {
    return this.#connection.create(this.#writing, `PATCH /repos/{owner}/{repo}${route}`, this.#named(parameters));
  }

  /** The whole answer to a mutation that commits, with the token that may do nothing else. */
  commit(mutation: string, variables: Parameters): Promise<unknown> {
    return this.#connection.mutate(committingScope(this.ref), mutation, variables);
  }

  /** The whole answer to a mutation about how a pull request merges: GitHub wants both permissions for it. */
  merge(mutation: string, variables: Parameters): Promise<unknown> {
    return this.#connection.mutate(mergingScope(this.ref), mutation, variables);
  }

  /** A git object, which no branch holds yet: making it twice is making it once. */
  makeObject(route: '/git/trees' | '/git/commits', parameters: Parameters): Promise<Answer> {
    return this.#connection.write(committingScope(this.ref), `POST /repos/{owner}/{repo}${route}`, this.#named(parameters));
  }

  /** Whether the installation has room for one more pull request and all that belongs to it. */
  hasRoomForPullRequest(): boolean {
    return this.#connection.hasRoomForPullRequest(this.#writing);
  }

  /** A branch at a commit, with the token that may do nothing but write contents. Repeating it makes no second one. */
  createRef(ref: string, sha: string): Promise<Answer> {
    return this.#connection.write(committingScope(this.ref), 'POST /repos/{owner}/{repo}/git/refs', this.#named({ ref, sha }));
  }

  #named(parameters: Parameters): Parameters {
    return { ...parameters, owner: this.ref.owner, repo: this.ref.name };
  }
}

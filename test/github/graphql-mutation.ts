import { commitFiles, mergeBaseOf, moveBranch, tipOf } from './git-objects.ts';
import { isJson, listOf, objectOf, textOf } from './json.ts';
import type { Json } from './json.ts';
import { deleteBranch, emitPush, followPush, pullsOf } from './pull-routes.ts';
import { pullId } from './shapes.ts';
import type { World } from './world.ts';

/** An error that GraphQL answers with its type, and null at its place. */
export class Refused extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface Mutating {
  readonly world: World;
  readonly sender: string;
  readonly canSee: (repository: string) => boolean;
  readonly canWrite: (repository: string) => boolean;
}

/** `createCommitOnBranch`: on the expected head or not at all. One after the other, as a ref can only be moved once at a time. */
export function createCommitOnBranch(mutating: Mutating, given: Json): Promise<string> {
  const { world } = mutating;
  const turn = (lasts.get(world) ?? Promise.resolve()).then(() => commit(mutating, inputOf(given['input'])));
  lasts.set(world, turn.catch(() => undefined));
  return turn;
}

/** `updateRefs`: every ref at what is expected, or none is changed. */
export function updateRefs(mutating: Mutating, given: Json): Promise<void> {
  const { world } = mutating;
  const turn = (lasts.get(world) ?? Promise.resolve()).then(() => changeRefs(mutating, given['input']));
  lasts.set(world, turn.catch(() => undefined));
  return turn;
}

const zeros = '0'.repeat(40);

async function changeRefs({ world, sender, canWrite }: Mutating, value: unknown): Promise<void> {
  const input = known(value, ['repositoryId', 'refUpdates', 'clientMutationId']);
  const repository = [...world.repositories].find(([, { id }]) => input['repositoryId'] === `R_${id}`)?.[0];
  if (repository === undefined) throw new Refused('NOT_FOUND', `Could not resolve to a node with the global id of '${String(input['repositoryId'])}'.`);
  if (!canWrite(repository)) throw new Refused('FORBIDDEN', 'Resource not accessible by integration');
  for (const update of listOf(input['refUpdates']).map((one) => known(one, ['name', 'beforeOid', 'afterOid', 'force']))) {
    const [before, after] = [textOf(update['beforeOid']), textOf(update['afterOid'])];
    const branch = textOf(update['name']).replace(/^refs\/heads\//, '');
    const tip = await tipOf(world, repository, branch);
    if ((tip ?? zeros) !== before) throw new Refused('STALE_DATA', `Expected ${branch} to be at ${before}`);
    if (world.protectedBranches.has(`${repository}:${branch}`)) throw new Refused('UNPROCESSABLE', 'Repository rule violations found');
    if (after === zeros) {
      await deleteBranch(world, repository, branch, sender);
      continue;
    }
    if (tip !== null && update['force'] !== true && (await mergeBaseOf(world, repository, tip, after)) !== tip) throw new Refused('UNPROCESSABLE', 'Update is not a fast forward');
    if (tip === null && (await clashes(world, repository, branch))) throw new Refused('UNPROCESSABLE', `Cannot lock ref 'refs/heads/${branch}'`);
    await moveBranch(world, repository, branch, after, tip);
    await emitPush(world, repository, branch, tip, after, sender);
    if (tip !== null) await followPush(world, repository, branch, tip, after, sender);
  }
}

/** A ref can not be a folder of another. */
async function clashes(world: World, repository: string, branch: string): Promise<boolean> {
  const reply = await world.upstream.must('GET', `/repos/${repository}/branches?per_page=100`);
  return listOf(reply.body).map((one) => textOf(one['name'])).some((name) => name.startsWith(`${branch}/`) || branch.startsWith(`${name}/`));
}

/** `enablePullRequestAutoMerge`: only at the expected head. */
export async function enableAutoMerge({ world, sender, canWrite }: Mutating, given: Json): Promise<void> {
  const input = known(given['input'], ['pullRequestId', 'expectedHeadOid', 'mergeMethod', 'clientMutationId']);
  for (const [repository, { id }] of world.repositories) {
    const pull = [...pullsOf(world, repository).values()].find(({ number }) => pullId(id, number) === input['pullRequestId']);
    if (pull === undefined) continue;
    if (!canWrite(repository)) throw new Refused('FORBIDDEN', 'Resource not accessible by integration');
    if (pull.headSha !== input['expectedHeadOid']) throw new Refused('UNPROCESSABLE', 'Head sha has changed');
    pull.autoMergeBy = sender;
    return;
  }
  throw new Refused('NOT_FOUND', `Could not resolve to a node with the global id of '${String(input['pullRequestId'])}'.`);
}

const lasts = new WeakMap<World, Promise<unknown>>();

interface Input {
  readonly repository: string;
  readonly branch: string;
  readonly expected: string;
  readonly message: string;
  readonly additions: readonly Json[];
}

/** GitHub's input object, with nothing missing and nothing that it does not know. */
function inputOf(value: unknown): Input {
  const input = known(value, ['branch', 'expectedHeadOid', 'message', 'fileChanges', 'clientMutationId']);
  const branch = known(input['branch'], ['repositoryNameWithOwner', 'branchName', 'id']);
  const message = known(input['message'], ['headline', 'body']);
  const changes = known(input['fileChanges'], ['additions', 'deletions']);
  const additions = listOf(changes['additions']).map((one) => known(one, ['path', 'contents']));
  return { repository: textOf(branch['repositoryNameWithOwner']), branch: textOf(branch['branchName']), expected: textOf(input['expectedHeadOid']), message: `${textOf(message['headline'])}\n\n${textOf(message['body'])}`.trimEnd(), additions };
}

function known(value: unknown, names: readonly string[]): Json {
  if (!isJson(value)) throw new Error('Variable $input of type CreateCommitOnBranchInput! was provided invalid value');
  const strange = Object.keys(value).find((name) => !names.includes(name));
  if (strange !== undefined) throw new Error(`Variable $input of type CreateCommitOnBranchInput! was provided invalid value for ${strange} (Field is not defined)`);
  return objectOf(value);
}

async function commit({ world, sender, canSee, canWrite }: Mutating, input: Input): Promise<string> {
  const { repository, branch, expected } = input;
  if (!canSee(repository)) throw new Refused('NOT_FOUND', `Could not resolve to a Repository with the name '${repository}'.`);
  if (!canWrite(repository)) throw new Refused('FORBIDDEN', 'Resource not accessible by integration');
  const tip = await tipOf(world, repository, branch);
  if (tip === null) throw new Refused('NOT_FOUND', `No ref with the name '${branch}' exists`);
  if (tip !== expected) throw new Refused('STALE_DATA', `Expected branch to point to "${tip}" but it did not. Pull and try again.`);
  if (world.protectedBranches.has(`${repository}:${branch}`)) throw new Refused('BRANCH_PROTECTION_RULE_VIOLATION', 'Changes must be made through a pull request.');
  const files = Object.fromEntries(input.additions.map((one) => [textOf(one['path']), new Uint8Array(Buffer.from(textOf(one['contents']), 'base64'))]));
  const { sha } = await commitFiles(world, { repository, branch, from: branch, files, message: input.message, author: sender });
  await emitPush(world, repository, branch, tip, sha, sender);
  await followPush(world, repository, branch, tip, sha, sender);
  return sha;
}

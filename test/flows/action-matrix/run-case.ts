import { requiredGates } from '../../../src/domain/gate-name.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import { aDeliveredWorld } from '../a-delivered-world.ts';
import { author, owners, teams } from './a-case.ts';
import type { Case } from './a-case.ts';
import { entryOf } from './an-entry.ts';
import { baseFiles, configurationFile, repositoryConfiguration, requests } from './kinds.ts';

const repositories: Readonly<Record<Case['place'], Partial<RepositoryRef>>> = {
  'organization': {},
  'alone': {},
  'dot-github': { name: '.github' },
  'user': { account: { id: 1, login: 'acme', kind: 'user' } },
};

/** Lines of the section `governance`: the whitelist and who approves. */
function whitelisting(one: Case): string {
  const entry = entryOf(one);
  const members = Object.entries({ ...entry, owner: 'team:platform', reason: 'owns it' }).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return entry === null ? '' : `  whitelist: [{${members.join(', ')}}]\n`;
}

const above = `${requests}  approvals: {tier2: {count: 1, from: ["team:reviewers"]}, tier3: {count: 2, from: ["team:governance"]}}\n`;

/** What an agent may do is one thing, whether its claims hold another. */
const gates = requiredGates.filter((gate) => gate !== 'hallucination');

/** A pull request as a case says, and all that people say about it, brought by deliveries to a world that runs what they ask for. */
export async function runCase(one: Case) {
  const world = aDeliveredWorld(repositories[one.place], undefined, gates);
  const { github } = world;
  const hasOrganization = one.place === 'organization' || one.place === 'dot-github';
  const own = `${hasOrganization ? '' : above}${one.level === 'repository' ? whitelisting(one) : ''}`;
  const organization = `version: 1\ngovernance:\n${above}${one.level === 'organization' ? whitelisting(one) : ''}`;
  const commit = github.commit('main', { ...baseFiles, [configurationFile]: repositoryConfiguration() + own, ...(one.place === 'dot-github' ? { 'plumbline.yml': organization } : {}) });
  if (hasOrganization) github.organization = { repository: github.ref, commit, bytes: Buffer.from(organization) };
  for (const [team, members] of Object.entries(teams)) github.teams.set(team, new Set(members));
  for (const login of owners) github.owners.add(login);
  github.admins.add('adam');
  await open(one, world, own);
  await world.settle();
  await speak(one, world);
  return world;
}

type World = ReturnType<typeof aDeliveredWorld>;

function filesOf({ kinds }: Case, own: string): Readonly<Record<string, string>> {
  const files = Object.assign({}, ...kinds.map((kind) => kind.files));
  if (files[configurationFile] === 'more') files[configurationFile] = repositoryConfiguration({ more: '    - {action: infra.five, tier: 3, paths: ["infra/five/**"]}\n' }) + own;
  if (files[configurationFile] === 'less') files[configurationFile] = repositoryConfiguration({ without: 'two' }) + own;
  return files;
}

async function open(one: Case, world: World, own: string): Promise<void> {
  const files = filesOf(one, own);
  const isFork = one.authorship === 'fork';
  await world.receive(world.opens(1, author[one.authorship], files, isFork ? { headRepositoryId: 555 } : {}));
  if (one.authorship === 'mona and dev') await world.receive(world.pushes(1, 'dev', { 'src/more.ts': 'more\n' }));
  if (one.authorship === 'co-author') await world.receive(world.pushes(1, 'mona', { 'src/more.ts': 'more\n' }, 'eve'));
  // Its delivery got lost: the next one tells of something else.
  if (one.authorship === 'unseen') world.pushes(1, 'mona', { 'src/more.ts': 'more\n' });
}

/** Everybody says their word to each action by its name. Only what the decision holds is taken. */
async function speak({ kinds, approvals, rejection }: Case, world: World): Promise<void> {
  const scopes = [...new Set(kinds.flatMap(({ actions }) => actions).map(({ action }) => action))];
  const sha = world.headOf(1).slice(0, 12);
  const say = (login: string, word: string, reason = ''): Promise<void> => world.receive(...scopes.map((scope) => world.comments(1, login, `/plumbline ${word} ${scope} ${sha}${reason}`)));
  for (const login of approvals) await say(login, 'approve');
  if (rejection !== null) await say(rejection.by, 'reject', ' not like this');
  if (rejection?.back === true) await say(rejection.by, 'unapprove');
  await world.settle();
}

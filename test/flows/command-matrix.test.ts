import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { aFinding, aVerdict } from '../builders/decision-builder.ts';
import { aCommandWorld } from './a-command-world.ts';
import { configuration } from './a-world.ts';

const path = 'contracts/checkout.yaml';
const held: HeldItem = { scope: 'workflow.change', name: 'workflow.change ci.yml', binding: `sha256:${'0'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true };
const governed = `${configuration}governance: {approvals: {tier2: {count: 1, from: ["team:governance"]}, tier3: {count: 2, from: ["user:carol"]}}}\nwaivers: [".plumbline/waivers.yaml"]\n`;

/** What whoever types it is to the repository: their role, and whether they are among the approvers. */
const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin', 'approver'] as const;
type Role = (typeof roles)[number];

/** What else holds. Everything but `plain`, `contributor` and `head moved` refuses every command or ignores it. */
const contexts = ['plain', 'contributor', 'role unreadable', 'head moved', 'closed', 'edited', 'bot', 'app for a person'] as const;
type Context = (typeof contexts)[number];

const commands = {
  help: () => '/plumbline help',
  status: () => '/plumbline status',
  explain: () => '/plumbline explain contract/schema_invalid',
  recheck: () => '/plumbline recheck',
  approve: (sha: string) => `/plumbline approve workflow.change ${sha}`,
  unapprove: (sha: string) => `/plumbline unapprove workflow.change ${sha}`,
  reject: (sha: string) => `/plumbline reject workflow.change ${sha} no`,
  waive: () => `/plumbline waive contract/schema_invalid ${path} until 2027-01-31 why`,
  'drift scan': () => '/plumbline drift scan',
} as const;
type Command = keyof typeof commands;

type Answer = 'done' | 'refused' | 'ignored';

/** The table of the design, said again. */
function expected(role: Role, command: Command, context: Context): Answer {
  if (context === 'bot' || context === 'app for a person') return 'ignored';
  if (context === 'edited' || command === 'drift scan') return 'refused';
  if (command === 'help' || command === 'status' || command === 'explain') return 'done';
  if (context === 'closed') return 'refused';
  const isWriter = role === 'write' || role === 'maintain' || role === 'admin';
  if (command === 'recheck') return context === 'contributor' || (isWriter && context !== 'role unreadable') ? 'done' : 'refused';
  if (context === 'role unreadable') return 'refused';
  // A waiver goes by the newest decision: a new head that nobody judged has none.
  if (command === 'waive') return isWriter && context !== 'head moved' ? 'done' : 'refused';
  return role === 'approver' && context === 'plain' ? 'done' : 'refused';
}

async function answered(role: Role, command: Command, context: Context): Promise<Answer> {
  const finding = aFinding({ code: 'contract/schema_invalid', path, subject: '/spec', message: 'bad' });
  const world = await aCommandWorld({ verdicts: [aVerdict('change'), aVerdict('contracts', [finding])], held: [held] });
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': governed });
  await world.decide();
  github.writers.clear();
  if (role === 'write' || role === 'maintain' || role === 'admin') github.writers.add('pat');
  if (role === 'admin') github.admins.add('pat');
  if (role === 'approver') github.teams.set('governance', new Set(['pat']));
  const author = { login: context === 'bot' ? 'pat[bot]' : 'pat', id: 77, type: context === 'bot' ? 'Bot' : 'User' };
  const comment = world.write(commands[command](world.head.slice(0, 12)), { author, isEdited: context === 'edited', isByApp: context === 'app for a person' });
  if (context === 'contributor') github.openPull(1, 'work', { author: 'pat' });
  if (context === 'closed') github.openPull(1, 'work', { state: 'closed' });
  if (context === 'head moved') {
    github.commit('work', { 'later.txt': 'later' });
    github.openPull(1, 'work');
  }
  if (context === 'role unreadable') for (const method of ['canWrite', 'permission', 'areInTeams', 'isOwner']) github.trouble.set(method, Array.from({ length: 5 }, () => new Failure('GITHUB_UNAVAILABLE', 'down')));
  await world.deliver(comment);
  for (let look = 0; look < 7 && world.reactions().length === 1; look += 1) {
    world.clock.advance(121_000);
    await world.settle();
  }
  const reactions = world.reactions();
  const answer = reactions.length === 0 ? 'ignored' : reactions.includes('rocket') ? 'done' : 'refused';
  const hasEffect = (await world.votes()).length + github.opened.length > 0;
  if (answer !== 'done') assert.equal(hasEffect, false, 'what is refused changes nothing');
  assert.equal(github.comments.filter(({ body }) => body.includes(`command-${comment} `)).length, answer === 'ignored' ? 0 : 1);
  return answer;
}

const isCommand = (name: string): name is Command => Object.hasOwn(commands, name);

for (const command of Object.keys(commands).filter((name) => isCommand(name))) {
  describe(`/plumbline ${command}`, () => {
    for (const context of contexts) {
      it(`is answered as the table says for every role, with: ${context}`, async () => {
        for (const role of roles) assert.equal(await answered(role, command, context), expected(role, command, context), role);
      });
    }
  });
}

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { aFinding, aVerdict } from '../builders/decision-builder.ts';
import { aDriftWorld, behavior } from './a-drift-world.ts';

const path = 'contracts/checkout.yaml';
const held: HeldItem = { scope: 'workflow.change', name: 'workflow.change ci.yml', binding: `sha256:${'0'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true };

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
  remediate: () => `/plumbline remediate ${behavior}`,
  'remediate --dry-run': () => `/plumbline remediate ${behavior} --dry-run`,
  'remediate --take-over': () => `/plumbline remediate ${behavior} --take-over`,
  rollback: () => '/plumbline rollback 900',
  unsuppress: () => `/plumbline unsuppress ${behavior}`,
} as const;
type Command = keyof typeof commands;

type Answer = 'done' | 'refused' | 'ignored';

/** The table of the design, said again. */
function expected(role: Role, command: Command, context: Context): Answer {
  if (context === 'bot' || context === 'app for a person') return 'ignored';
  if (context === 'edited') return 'refused';
  if (command === 'help' || command === 'status' || command === 'explain') return 'done';
  const isWriter = role === 'write' || role === 'maintain' || role === 'admin';
  if (command === 'remediate --dry-run') return context === 'contributor' || (isWriter && context !== 'role unreadable') ? 'done' : 'refused';
  if (isAboutRepository(command)) return context !== 'role unreadable' && (needsApprover(command) ? role === 'approver' : isWriter) ? 'done' : 'refused';
  if (context === 'closed') return 'refused';
  if (command === 'recheck') return context === 'contributor' || (isWriter && context !== 'role unreadable') ? 'done' : 'refused';
  if (context === 'role unreadable') return 'refused';
  // A waiver goes by the newest decision: a new head that nobody judged has none.
  if (command === 'waive') return isWriter && context !== 'head moved' ? 'done' : 'refused';
  return role === 'approver' && context === 'plain' ? 'done' : 'refused';
}

/** Neither the head nor the state of the pull request in which it is typed matters, nor whose hand is in that one. */
function isAboutRepository(command: Command): boolean {
  return command === 'drift scan' || command === 'remediate' || command === 'rollback' || needsApprover(command);
}

function needsApprover(command: Command): boolean {
  return command === 'remediate --take-over' || command === 'unsuppress';
}

/** What each command about behaviours is about: nothing yet, one that is open, frozen, or closed by a person. */
async function prepare(world: Awaited<ReturnType<typeof aDriftWorld>>, command: Command): Promise<void> {
  if (command !== 'rollback' && !needsApprover(command)) return;
  const number = await world.remediated();
  if (command === 'rollback') return;
  await world.frozen(number);
  if (command !== 'unsuppress') return;
  world.github.openPull(number, world.github.heads.get(number) ?? '', { state: 'closed', author: 'plumbline[bot]' });
  await world.look();
}

async function answered(role: Role, command: Command, context: Context): Promise<Answer> {
  const finding = aFinding({ code: 'contract/schema_invalid', path, subject: '/spec', message: 'bad' });
  const world = await aDriftWorld({}, { verdicts: [aVerdict('change'), aVerdict('contracts', [finding])], held: [held] });
  const { github } = world;
  await prepare(world, command);
  await world.decide();
  const before = { opened: github.opened.length, states: states(world) };
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
  if (context === 'role unreadable') for (const method of ['canWrite', 'permission', 'people', 'isOwner']) github.trouble.set(method, Array.from({ length: 5 }, () => new Failure('GITHUB_UNAVAILABLE', 'down')));
  await world.deliver(comment);
  for (let look = 0; look < 7 && world.reactions().length === 1; look += 1) {
    world.clock.advance(121_000);
    await world.settle();
  }
  const reactions = world.reactions();
  const answer = reactions.length === 0 ? 'ignored' : reactions.includes('rocket') ? 'done' : 'refused';
  const hasEffect = (await world.votes()).length > 0 || github.opened.length > before.opened || states(world) !== before.states;
  if (answer !== 'done') assert.equal(hasEffect, false, 'what is refused changes nothing');
  assert.equal(github.comments.filter(({ body }) => body.includes(`command-${comment} `)).length, answer === 'ignored' ? 0 : 1);
  return answer;
}

/** Of our own pull requests: state and head. */
function states({ github }: Awaited<ReturnType<typeof aDriftWorld>>): string {
  return github.opened.map(({ number }) => `${github.pulls.get(number)?.state} ${github.pulls.get(number)?.head}`).join();
}

/** One of each that the table tells apart; all of them with PLUMBLINE_LONG=1. */
const tested: readonly Role[] = process.env['PLUMBLINE_LONG'] === '1' ? roles : ['read', 'write', 'admin', 'approver'];

/** Tests every role in every context, for some of the commands. */
export function describeCommands(...names: readonly Command[]): void {
  for (const command of names) {
    describe(`/plumbline ${command}`, () => {
      for (const context of contexts) {
        it(`is answered as the table says for every role, with: ${context}`, async () => {
          for (const role of tested) assert.equal(await answered(role, command, context), expected(role, command, context), role);
        });
      }
    });
  }
}

/** None is left out: each stands in one of these lists. */
export const aboutChange = ['help', 'status', 'explain', 'recheck', 'approve', 'unapprove', 'reject', 'waive'] as const satisfies readonly Command[];
export const aboutDrift = ['drift scan', 'remediate', 'remediate --dry-run', 'remediate --take-over', 'rollback', 'unsuppress'] as const satisfies readonly Exclude<Command, (typeof aboutChange)[number]>[];

export const isEveryCommandListed: Exclude<Command, (typeof aboutChange)[number] | (typeof aboutDrift)[number]> extends never ? true : false = true;
